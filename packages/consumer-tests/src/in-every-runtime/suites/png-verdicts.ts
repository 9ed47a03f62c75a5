import { inspectPng } from "@image-variations/validation";
import { unpackFiles } from "../pack-files.ts";

/** What a runtime finds in many files. */
export interface PngVerdicts {
  /** Of each file, all that the inspection says, as text. */
  readonly verdicts: readonly string[];
  /** The longest that one file took, in milliseconds, as far as the runtime's clock can tell. */
  readonly slowest: number;
}

/** Looks into every image of a packed input as deep as it goes: to the first error, and for all of them. */
export default async function pngVerdicts(input: Uint8Array): Promise<PngVerdicts> {
  const verdicts: string[] = [];
  let slowest = 0;
  for (const bytes of unpackFiles(input)) {
    const start = performance.now();
    const { source: _, ...inspection } = await inspectPng(bytes, { depth: "pixels" });
    slowest = Math.max(slowest, performance.now() - start);
    const { source: __, ...all } = await inspectPng(bytes, { depth: "pixels", all: true, maxPixels: Infinity });
    verdicts.push(fingerprint(JSON.stringify([inspection, all])));
  }
  return { verdicts, slowest };
}

/** Two verdicts that differ have other fingerprints, with near certainty; it keeps what is sent back small. */
function fingerprint(text: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let index = 0; index < text.length; index++) {
    a = Math.imul(a ^ text.charCodeAt(index), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(index), 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
