import sharp from "sharp";

export interface Drawing {
  readonly width: number;
  readonly height?: number;
  /** Another one gives another color. */
  readonly seed?: number;
  readonly format?: "png" | "jpeg" | "webp";
}

/** An image in one color that depends on the seed. */
export async function drawImage({
  width,
  height = width,
  seed = 1,
  format = "png",
}: Drawing): Promise<Uint8Array<ArrayBuffer>> {
  const background = colorOf(seed);
  const image = sharp({ create: { width, height, channels: 3, background } });
  return new Uint8Array(await image.toFormat(format).toBuffer());
}

/** The color of a seed. */
export function colorOf(seed: number): { r: number; g: number; b: number } {
  const mixed = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return { r: mixed & 0xff, g: (mixed >>> 8) & 0xff, b: (mixed >>> 16) & 0xff };
}

/** What an encoded image is: its size, its format, and the color in its middle. */
export async function inspectImage(
  bytes: Uint8Array,
): Promise<{ format: string; width: number; height: number; color: number[] }> {
  const { format, width, height } = await sharp(bytes).metadata();
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * info.channels;
  return { format, width, height, color: [...data.subarray(middle, middle + 3)] };
}
