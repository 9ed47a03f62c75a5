import { document as imageVariations } from "../generated/document.ts";

const contracts: Readonly<Record<string, object>> = { "image-variations": imageVariations };

/** The contracts that come with this package, for overlays to be applied to. */
export const baseNames: readonly string[] = Object.keys(contracts);

/** The text of a contract; undefined if there is none of that name. */
export function baseDocument(name: string): string | undefined {
  return Object.hasOwn(contracts, name) ? JSON.stringify(contracts[name]) : undefined;
}
