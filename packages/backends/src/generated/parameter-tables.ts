// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

import type { ParameterTable } from "../variations/parameter-table.ts";

/** The parameters of POST /images/variations. */
export const createImageVariation: ParameterTable = [
  {
    name: "image",
    kind: "image",
    required: true,
    mediaTypes: ["image/png"],
    square: true,
    exclusiveMaximumBytes: 4194304,
    warningFromBytes: 4000000,
  },
  {
    name: "model",
    kind: "string",
    nullable: true,
    default: "dall-e-2",
    known: ["gpt-image-1.5", "dall-e-2", "dall-e-3", "gpt-image-1", "gpt-image-1-mini"],
  },
  {
    name: "n",
    kind: "integer",
    nullable: true,
    default: 1,
    minimum: 1,
    maximum: 10,
  },
  {
    name: "response_format",
    kind: "string",
    nullable: true,
    default: "url",
    allowed: ["b64_json", "url"],
  },
  {
    name: "size",
    kind: "string",
    nullable: true,
    default: "1024x1024",
    allowed: ["256x256", "512x512", "1024x1024"],
  },
  {
    name: "user",
    kind: "string",
  },
];

/** The tables of all operations, by name. */
export const parameterTables: {
  readonly createImageVariation: ParameterTable;
} = {
  createImageVariation,
};
