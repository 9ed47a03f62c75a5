// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

import type { Contract } from "../request/contract.ts";
import { encodeMultipart } from "../uploads/encode-multipart.ts";

/** What the client knows of the document at run time. */
export const contract: Contract = {
  baseURL: "https://api.openai.com/v1",
  operations: {
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
      response: {
        kind: "object",
        files: {
          list: "data",
          called: "images",
          base64: "b64_json",
          url: "url",
          facts: ["revised_prompt", "url"],
        },
      },
      bodyAlone: true,
    },
  },
  methods: {
    "images.createVariation": "POST /images/variations",
  },
  encoders: {
    "multipart/form-data": encodeMultipart,
  },
};
