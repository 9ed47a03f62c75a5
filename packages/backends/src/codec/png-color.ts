import { sniffFormat } from "./sniff-format.ts";

/** What a PNG says about its colors outside an ICC profile, and how many bits a sample has. */
export interface PngColor {
  readonly bitDepth: number;
  /** From a sample, 0 to 1, to light, 0 to 1. */
  readonly toLinear: (sample: number) => number;
  /** The xy chromaticities of white, red, green and blue. */
  readonly chromaticities: Chromaticities;
}

/** x and y of white, red, green and blue, in the order in which cHRM has them. */
export type Chromaticities = readonly [number, number, number, number, number, number, number, number];

/** Those of sRGB and BT.709. */
export const srgbChromaticities: Chromaticities = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];

/** The primaries of cICP (ITU-T H.273) that can be shown in sRGB. */
const cicpPrimaries: { readonly [code: number]: Chromaticities } = {
  1: srgbChromaticities,
  9: [0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046], // BT.2020
  12: [0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06], // Display P3
};

/** The transfer functions of cICP; those for HDR (16, 18) need tone mapping, and are left as they are. */
const cicpTransfers: { readonly [code: number]: (sample: number) => number } = {
  1: srgbToLinear, // BT.709 is shown by the same curve, as browsers do
  4: (sample) => sample ** 2.2,
  5: (sample) => sample ** 2.8,
  6: srgbToLinear,
  8: (sample) => sample,
  13: srgbToLinear,
  14: srgbToLinear,
  15: srgbToLinear,
};

/**
 * Reads cICP, gAMA and cHRM of a PNG, in the order of precedence of the specification (section 4.3).
 *
 * @returns undefined if its samples are sRGB already, or if it has an ICC profile, which sharp applies.
 */
export function readPngColor(bytes: Uint8Array): PngColor | undefined {
  if (sniffFormat(bytes) !== "png") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, DataView>();
  for (let offset = 8; offset + 12 <= bytes.length;) {
    const length = view.getUint32(offset);
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (type === "IDAT" || offset + 12 + length > bytes.length) break;
    chunks.set(type, new DataView(bytes.buffer, bytes.byteOffset + offset + 8, length));
    offset += 12 + length;
  }
  const header = chunks.get("IHDR");
  if (!header || header.byteLength !== 13) return undefined;
  const bitDepth = header.getUint8(8);

  const cicp = chunks.get("cICP");
  if (cicp?.byteLength === 4) {
    const chromaticities = cicpPrimaries[cicp.getUint8(0)];
    const toLinear = cicpTransfers[cicp.getUint8(1)];
    const isSrgb = chromaticities === srgbChromaticities && toLinear === srgbToLinear;
    return chromaticities && toLinear && !isSrgb ? { bitDepth, toLinear, chromaticities } : undefined;
  }
  if (chunks.has("iCCP") || chunks.has("sRGB")) return undefined;

  const gamma = readGamma(chunks.get("gAMA"));
  const chromaticities = readChromaticities(chunks.get("cHRM"));
  // Nearly that of sRGB, within the threshold of libpng, it stands for sRGB; unless the colors are others anyway.
  const isSrgb = gamma === undefined || Math.abs(gamma * 2.2 - 1) <= 0.05;
  if (isSrgb && !chromaticities) return undefined;
  return {
    bitDepth,
    toLinear: gamma === undefined ? srgbToLinear : (sample) => sample ** (1 / gamma),
    chromaticities: chromaticities ?? srgbChromaticities,
  };
}

/** The gamma of gAMA; undefined if it is missing, or 0, which means nothing. */
function readGamma(chunk: DataView | undefined): number | undefined {
  return chunk?.byteLength === 4 ? chunk.getUint32(0) / 100_000 || undefined : undefined;
}

function readChromaticities(chunk: DataView | undefined): Chromaticities | undefined {
  if (chunk?.byteLength !== 32) return undefined;
  const read = (index: number): number => chunk.getUint32(4 * index) / 100_000;
  const found = srgbChromaticities.map((_, index) => read(index)) as unknown as Chromaticities;
  const isSrgb = found.every((value, index) => Math.abs(value - srgbChromaticities[index]!) < 0.001);
  const isUsable = [1, 3, 5, 7].every((index) => found[index]! > 0);
  return isUsable && !isSrgb ? found : undefined;
}

export function srgbToLinear(sample: number): number {
  return sample <= 0.04045 ? sample / 12.92 : ((sample + 0.055) / 1.055) ** 2.4;
}
