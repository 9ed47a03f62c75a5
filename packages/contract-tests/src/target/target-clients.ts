import { ImageVariations } from "@image-variations/client";
import OpenAI from "openai";
import { createTargetClient } from "./create-target-client.ts";
import { target } from "./target.ts";

/** A client that runs the suite, and the class that has its errors. */
export interface TargetClient {
  readonly client: string;
  readonly create: (options?: { apiKey?: string | (() => Promise<string>) }) => ImageVariations;
  readonly errors: typeof ImageVariations;
}

/**
 * Our client and the official one. A program that was written for the one runs with the other, and so does the suite:
 * the official one is taken here for ours.
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
