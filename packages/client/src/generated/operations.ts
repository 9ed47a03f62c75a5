// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

import type { OperationFacts } from "../uploads/operation-facts.ts";

/** Where requests go unless the caller says otherwise: the spec's first server. */
export const defaultBaseURL: string = "https://api.openai.com/v1";

/** Facts of every operation, by method and path. */
export const operations: Readonly<Record<string, OperationFacts>> = {
  "POST /images/variations": {
    security: ["bearerAuth"],
    requestMediaType: "multipart/form-data",
    uploads: {
      image: {
        exclusiveMaximumBytes: 4194304,
      },
    },
    maxima: {
      n: 10,
    },
  },
};
