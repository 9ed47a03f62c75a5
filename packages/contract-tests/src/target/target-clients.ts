import { ImageVariations } from "@image-variations/client";
import OpenAI from "openai";
import { target } from "./target.ts";

/** A client that runs the suite, and the class that has its errors. */
export interface TargetClient {
  readonly client: string;
  readonly create: (options?: { apiKey?: string | (() => Promise<string>) }) => ImageVariations;
  readonly errors: typeof ImageVariations;
}

/** Our client, pointed at the server that the suite tests and at nothing that the environment names; it does not retry. */
export function createTargetClient(options: ConstructorParameters<typeof ImageVariations>[0] = {}): ImageVariations {
  const { url: baseURL, apiKey } = target;
  return new ImageVariations({ baseURL, apiKey, organization: null, project: null, maxRetries: 0, ...options });
}

/**
 * Our client and the official one. A program that was written for one runs with the other, and so does the suite: the
 * official client is typed here as ours.
 */
export const targetClients: readonly TargetClient[] = [
  { client: "our client", create: createTargetClient, errors: ImageVariations },
  {
    client: "the official client",
    create: (options = {}) => {
      const { url: baseURL, apiKey } = target;
      const client = new OpenAI({ baseURL, apiKey, organization: null, project: null, maxRetries: 0, ...options });
      return client as unknown as ImageVariations;
    },
    errors: OpenAI as unknown as typeof ImageVariations,
  },
];
