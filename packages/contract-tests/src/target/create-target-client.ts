import { ImageVariations } from "@image-variations/client";
import { target } from "./target.ts";

/** Our client, pointed at the server that the suite tests, and at nothing that the environment names; it asks once. */
export function createTargetClient(options: ConstructorParameters<typeof ImageVariations>[0] = {}): ImageVariations {
  const { url: baseURL, apiKey } = target;
  return new ImageVariations({ baseURL, apiKey, organization: null, project: null, maxRetries: 0, ...options });
}
