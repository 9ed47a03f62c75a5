import sharp, { type OverlayOptions } from "sharp";
import type { PixelImage } from "@image-variations/engine";

/** An input and what was made of it. */
export interface SheetRow {
  readonly name: string;
  readonly input: PixelImage;
  readonly variations: readonly PixelImage[];
  /** A line under the name, such as its figures. */
  readonly note?: string;
}

export interface SheetOptions {
  readonly title: string;
  /** Side of each image on the sheet in pixels. @default 256 */
  readonly cell?: number;
}

const gap = 10;
const border = 24;
const titleHeight = 44;
const captionHeight = 26;

/** A PNG with a row for each input: the input, then its variations. Transparent parts show a chequerboard. */
export async function drawContactSheet(
  rows: readonly SheetRow[],
  { title, cell = 256 }: SheetOptions,
): Promise<Buffer<ArrayBuffer>> {
  const columns = 1 + Math.max(...rows.map(({ variations }) => variations.length));
  const width = 2 * border + columns * (cell + gap) + gap;
  const rowHeight = captionHeight + cell + gap;
  const height = 2 * border + titleHeight + rows.length * rowHeight;
  const left = (column: number): number => border + column * (cell + gap) + (column > 0 ? gap : 0);
  const top = (row: number): number => border + titleHeight + row * rowHeight;

  const layers: OverlayOptions[] = [];
  for (const [r, { input, variations }] of rows.entries()) {
    for (const [c, image] of [input, ...variations].entries()) {
      layers.push({ input: await drawCell(image, cell), left: left(c), top: top(r) + captionHeight });
    }
  }
  const captions = rows.map(({ name, note = "" }, r) => {
    const y = top(r) + captionHeight - 8;
    return `<text x="${border}" y="${y}" font-size="14" font-weight="bold">${escape(name)}</text>
      <text x="${left(1)}" y="${y}" font-size="12" fill="#666">${escape(note)}</text>`;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" fill="#222">
    <text x="${border}" y="${border + 18}" font-size="20" font-weight="bold">${escape(title)}</text>
    ${captions.join("\n")}</svg>`;
  layers.push({ input: Buffer.from(text), left: 0, top: 0 });
  const sheet = sharp({ create: { width, height, channels: 3, background: "#fafafa" } });
  return sheet.composite(layers).png({ compressionLevel: 9 }).toBuffer();
}

/** A WebP with the images in a row, the first one set apart; no lettering, so it needs no fonts. */
export async function drawStrip(images: readonly PixelImage[], cell: number): Promise<Buffer> {
  const left = (column: number): number => column * (cell + gap) + (column > 0 ? gap : 0);
  const layers: OverlayOptions[] = [];
  for (const [c, image] of images.entries()) layers.push({ input: await drawCell(image, cell), left: left(c), top: 0 });
  const strip = sharp({ create: { width: left(images.length) - gap, height: cell, channels: 4, background: "#0000" } });
  return strip.composite(layers).webp({ quality: 80 }).toBuffer();
}

async function drawCell({ width, height, data }: PixelImage, cell: number): Promise<Buffer> {
  const square = 8;
  const pattern = `<svg xmlns="http://www.w3.org/2000/svg" width="${cell}" height="${cell}"><defs>
    <pattern id="p" width="${2 * square}" height="${2 * square}" patternUnits="userSpaceOnUse"><rect width="100%" height="100%" fill="#fff"/>
    <path d="M0 0h${square}v${2 * square}h${square}v-${square}h-${2 * square}z" fill="#ddd"/></pattern></defs>
    <rect width="100%" height="100%" fill="url(#p)"/></svg>`;
  const image = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(cell, cell, { fit: "contain", background: "#0000" })
    .png()
    .toBuffer();
  return sharp(Buffer.from(pattern))
    .composite([{ input: image }])
    .png()
    .toBuffer();
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
