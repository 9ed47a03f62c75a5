/** The gamma of sRGB in a gAMA chunk, times 100,000, and how far writers are from it that mean sRGB. */
const srgbGamma = { value: 45_455, tolerance: 500 };

/**
 * Which chunks of a PNG state colors that are not sRGB and that sharp does not apply: it applies ICC profiles alone.
 *
 * @returns The types, such as `gAMA`.
 */
export function unappliedColorChunks(png: Uint8Array): string[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const found = new Map<string, number>();
  for (let offset = 8; offset + 12 <= png.length;) {
    const length = view.getUint32(offset);
    const type = String.fromCharCode(...png.subarray(offset + 4, offset + 8));
    if (type === "IDAT" || offset + 12 + length > png.length) break;
    found.set(type, offset + 8);
    offset += 12 + length;
  }
  const gamma = found.get("gAMA");
  if (found.has("iCCP")) return [];
  if (found.has("cICP")) return ["cICP"];
  if (found.has("sRGB") || gamma === undefined || gamma + 4 > png.length) return [];
  const isSrgb = Math.abs(view.getUint32(gamma) - srgbGamma.value) <= srgbGamma.tolerance;
  return isSrgb ? [] : ["gAMA"];
}
