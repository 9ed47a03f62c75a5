import { parameterTables, type ImageParameter } from "@image-variations/validation";

const table = parameterTables.createImageVariation;

const { exclusiveMaximumBytes = Infinity, warningFromBytes = Infinity } = table.find(
  ({ kind }) => kind === "image",
) as ImageParameter;

/** A file has to stay below this many bytes to be accepted by every server, those that allow least included. */
export const exclusiveMaximumSize: number = Math.min(exclusiveMaximumBytes, warningFromBytes);

/** The largest image that the endpoint makes, in pixels: what it is sent shows nothing more if it is larger. */
export const largestOutput: number = Math.max(
  ...table.flatMap((parameter) =>
    parameter.name === "size" && parameter.kind === "string" ? (parameter.allowed ?? []).map(Number.parseFloat) : [],
  ),
);

/** The most pixels at a side: the validator decompresses no more than a square of these. */
export const maximumSide = 8_192;
