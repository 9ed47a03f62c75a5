// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

import type { ParameterTable } from "../parameter-table.ts";

/** The parameters of POST /images/variations. */
export const createImageVariation: ParameterTable = [
  {
    name: "image",
    required: true,
    kind: "image",
    nullable: false,
    mediaTypes: ["image/png"],
    square: true,
    exclusiveMaximumBytes: 4194304,
    warningFromBytes: 4000000,
  },
  {
    name: "model",
    required: false,
    kind: "string",
    nullable: true,
    known: ["gpt-image-1.5", "dall-e-2", "dall-e-3", "gpt-image-1", "gpt-image-1-mini"],
    default: "dall-e-2",
  },
  {
    name: "n",
    required: false,
    kind: "integer",
    nullable: true,
    default: 1,
    minimum: 1,
    maximum: 10,
  },
  {
    name: "response_format",
    required: false,
    kind: "string",
    nullable: true,
    default: "url",
    allowed: ["b64_json", "url"],
  },
  {
    name: "size",
    required: false,
    kind: "string",
    nullable: true,
    default: "1024x1024",
    allowed: ["256x256", "512x512", "1024x1024"],
  },
  {
    name: "user",
    required: false,
    kind: "string",
    nullable: false,
  },
];
