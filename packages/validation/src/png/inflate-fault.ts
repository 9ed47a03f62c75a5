/** What is wrong with a zlib stream: ends inflating from wherever it is. */
export class InflateFault extends Error {}

export const invalidBlock = "an invalid block";
export const invalidCode = "an invalid code";

/** Ends inflating. */
export function fail(fault: string): never {
  throw new InflateFault(fault);
}
