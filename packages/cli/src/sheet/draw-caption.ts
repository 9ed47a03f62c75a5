import type { OverlayOptions } from "sharp";
import type { SharpModule } from "../codec/load-sharp.ts";
import { printable } from "../files/printable.ts";

/** A line of text, and the room for it in pixels. */
export interface Caption {
  readonly text: string;
  readonly width: number;
  readonly height: number;
  readonly sharp: SharpModule;
}

const dotsPerInch = 108;

/**
 * Draws a caption in grey on clear ground. A text that is too long loses its middle, as names differ at their ends.
 *
 * @returns Undefined if there is no text, or no font on this machine, as in small containers.
 */
export async function drawCaption({ text, width, height, sharp }: Caption): Promise<OverlayOptions | undefined> {
  const line = printable(text).trim();
  for (let length = Math.min(line.length, mostCharacters); length > 0; length = Math.floor(length * 0.85)) {
    const drawn = await drawText(shorten(line, length), sharp);
    if (!drawn) return undefined;
    if (drawn.width > width || drawn.height > height) continue;
    const { data, ...size } = drawn;
    return { input: await extend(data, size, { width, height }, sharp), raw: { width, height, channels: 4 } };
  }
  return undefined;
}

/** No font sets more of them in the width of an image. */
const mostCharacters = 200;

function shorten(line: string, length: number): string {
  if (line.length <= length) return line;
  const characters = [...line];
  const start = Math.ceil(length / 2);
  return `${characters.slice(0, start).join("")}…${characters.slice(characters.length - (length - start)).join("")}`;
}

interface DrawnText {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

async function drawText(line: string, sharp: SharpModule): Promise<DrawnText | undefined> {
  try {
    const text = {
      text: `<span foreground="#555555">${escapeMarkup(line)}</span>`,
      font: "sans",
      dpi: dotsPerInch,
      rgba: true,
    };
    const { data, info } = await sharp({ text }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const isBlank = data.every((sample, index) => index % 4 < 3 || sample === 0);
    return isBlank ? undefined : { data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}

function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

type Size = { readonly width: number; readonly height: number };

/** The text in the middle of its room. */
function extend(data: Buffer, { width, height }: Size, room: Size, sharp: SharpModule): Promise<Buffer> {
  const left = Math.floor((room.width - width) / 2);
  const top = Math.floor((room.height - height) / 2);
  return sharp(data, { raw: { width, height, channels: 4 } })
    .extend({
      left,
      right: room.width - width - left,
      top,
      bottom: room.height - height - top,
      background: "#00000000",
    })
    .raw()
    .toBuffer();
}
