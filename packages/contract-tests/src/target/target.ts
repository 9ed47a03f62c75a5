import { inject } from "vitest";

/** The server that the suite tests: the Prism mock, or the one at `CONTRACT_TARGET` with the key in `CONTRACT_API_KEY`. */
export interface Target {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  /** Whether it is Prism, which follows `Prefer` and lists why it rejects a request in `sl-violations`. */
  readonly isMock: boolean;
}

export const target: Target = inject("target");
