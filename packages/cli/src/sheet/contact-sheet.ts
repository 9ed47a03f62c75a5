import sharp from "sharp";

const tile = 360;
const gap = 16;

/** A PNG with the image on the left and its variations, two in a column or as many as it takes, on the right. */
export async function contactSheet(image: Uint8Array, variations: readonly Uint8Array[]): Promise<Uint8Array> {
  const rows = variations.length > 1 ? 2 : 1;
  const columns = Math.ceil(variations.length / rows);
  const side = rows * tile + (rows - 1) * gap;
  const place = (index: number) => ({
    left: gap + side + gap + (index % columns) * (tile + gap),
    top: gap + Math.floor(index / columns) * (tile + gap),
  });
  const scaled = async (bytes: Uint8Array, width: number): Promise<Buffer> =>
    sharp(bytes).resize(width, width, { fit: "contain", background: "#ffffff00" }).png().toBuffer();
  const layers = await Promise.all([
    scaled(image, side).then((input) => ({ input, left: gap, top: gap })),
    ...variations.map(async (bytes, index) => ({ input: await scaled(bytes, tile), ...place(index) })),
  ]);
  return sharp({
    create: {
      width: gap + side + columns * (gap + tile) + gap,
      height: side + 2 * gap,
      channels: 3,
      background: "#ffffff",
    },
  })
    .composite(layers)
    .png()
    .toBuffer();
}
