import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import sharp from "sharp";
import type { PixelImage } from "@image-variations/engine";
import { applyHomography, type Homography, leastSquares } from "../metrics/fit-homography.ts";

/** A photograph with lettering drawn into it, and where the lettering stands. */
export interface TextImage {
  readonly image: PixelImage;
  /** 1 where a line of text stands, 0 elsewhere, a value a pixel. */
  readonly mask: Uint8Array;
  readonly kind: TextKind;
}

export const textKinds = ["sign", "page", "caption", "poster"] as const;
export type TextKind = (typeof textKinds)[number];

const words =
  "and the of to in harbour north street open closed exit museum bakery station platform coffee fresh bread market parking library no entry please keep right only bridge river garden school hospital 24 7 1986 café zoo hotel rooms water danger private property sale today books news city centre main square fish flowers to let call 555 020 way out push pull slow children crossing post office tickets".split(
    " ",
  );

interface Line {
  readonly text: string;
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
}

interface Panel {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
  readonly lines: readonly Line[];
}

interface TextImageOptions {
  readonly background: PixelImage;
  readonly kind: TextKind;
  /** Font files to choose from. */
  readonly fonts: readonly string[];
  readonly random: () => number;
}

/** Draws lettering of one kind into a photograph as a camera would see it: in perspective, blurred, noisy, as a JPEG. */
export async function makeTextImage({ background, kind, fonts, random }: TextImageOptions): Promise<TextImage> {
  const { width, height } = background;
  const between = (from: number, to: number): number => from + (to - from) * random();
  const panel = drawPanel(kind, meanLuma(background) < 128, between);
  const font = fonts[Math.floor(random() * fonts.length)]!;
  const chosen = { loadSystemFonts: false, fontFiles: [font] };
  const drawing = render(panel.svg, chosen);
  const ink = render(maskOf(panel), chosen);

  const toPanel = placePanel(kind, panel, between);
  const pixels = Uint8ClampedArray.from(background.data);
  const mask = new Uint8Array(width * height);
  const steps = 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0];
      for (let s = 0; s < steps * steps; s++) {
        const [u, v] = applyHomography(
          toPanel,
          (x + ((s % steps) + 0.5) / steps) / width,
          (y + (Math.floor(s / steps) + 0.5) / steps) / height,
        );
        if (u < 0 || v < 0 || u >= 1 || v >= 1) continue;
        const at = (Math.floor(v * drawing.height) * drawing.width + Math.floor(u * drawing.width)) * 4;
        for (let c = 0; c < 4; c++) sum[c]! += drawing.pixels[at + c] ?? 0;
        const inkAt = (Math.floor(v * ink.height) * ink.width + Math.floor(u * ink.width)) * 4;
        if ((ink.pixels[inkAt + 3] ?? 0) > 127) mask[y * width + x] = 1;
      }
      const alpha = (sum[3] ?? 0) / (steps * steps * 255);
      // resvg's pixels are premultiplied.
      for (let c = 0; c < 3; c++) {
        const at = (y * width + x) * 4 + c;
        pixels[at] = (pixels[at] ?? 0) * (1 - alpha) + (sum[c] ?? 0) / (steps * steps);
      }
    }
  }
  return { image: await photograph({ width, height, data: pixels }, between, random), mask, kind };
}

/** Pixels are copied out once: the renderer copies them at every look. */
function render(svg: string, font: ResvgRenderOptions["font"]): { width: number; height: number; pixels: Uint8Array } {
  const { width, height, pixels } = new Resvg(svg, { font: font! }).render();
  return { width, height, pixels };
}

function meanLuma({ data }: PixelImage): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 4)
    sum += (data[at] ?? 0) * 0.299 + (data[at + 1] ?? 0) * 0.587 + (data[at + 2] ?? 0) * 0.114;
  return (sum * 4) / data.length;
}

function drawPanel(kind: TextKind, onDark: boolean, between: (from: number, to: number) => number): Panel {
  const pick = (): string => words[Math.floor(between(0, words.length))]!;
  const phrase = (count: number): string => Array.from({ length: count }, pick).join(" ");
  const capitals = between(0, 1) < 0.4;
  const cased = (text: string): string => (capitals ? text.toUpperCase() : text.replace(/^\w/, (c) => c.toUpperCase()));
  const [paper, ink] = colours(kind, onDark, between);
  const lines: Line[] = [];
  let [width, height] = [600, 200];
  if (kind === "page") {
    const size = between(13, 30);
    [width, height] = [600, 600];
    for (let y = 40 + size; y < height - 30; y += size * 1.35) {
      const count = Math.floor((between(0, 1) < 0.15 ? 0.4 : 1) * (520 / (size * 3.4)));
      if (between(0, 1) < 0.93) lines.push({ text: phrase(Math.max(1, count)), x: 40, y, size });
    }
  } else {
    const count = kind === "sign" ? Math.ceil(between(0, 3)) : kind === "poster" ? Math.ceil(between(0, 2)) : 1;
    const size = kind === "caption" ? between(38, 60) : between(60, 110);
    let widest = 0;
    for (let i = 0; i < count; i++) {
      const text = cased(phrase(kind === "caption" ? Math.ceil(between(2, 5)) : Math.ceil(between(0, 3))));
      lines.push({ text, x: 40, y: 36 + size * (1 + i * 1.25), size });
      widest = Math.max(widest, text.length * size * 0.62);
    }
    [width, height] = [80 + widest, 72 + size * 1.25 * count];
  }
  const body = lines
    .map(({ text, x, y, size }) => `<text x="${x}" y="${y}" font-size="${size}">${text}</text>`)
    .join("");
  const back = paper && `<rect width="100%" height="100%" rx="12" fill="${paper}"/>`;
  const edge =
    kind === "sign" && between(0, 1) < 0.5
      ? `<rect x="10" y="10" width="${width - 20}" height="${height - 20}" rx="8" fill="none" stroke="${ink}" stroke-width="6"/>`
      : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${back}${edge}<g fill="${ink}">${body}</g></svg>`;
  return { width, height, svg, lines };
}

/** Bands from the top of the capitals to the descenders, as long as the text really is. */
function maskOf({ width, height, lines }: Panel): string {
  const bands = lines.map(
    ({ text, x, y, size }) =>
      `<text x="${x}" y="${y}" font-size="${size}" stroke="#000" stroke-width="${size * 0.45}" stroke-linejoin="round">${text}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${bands.join("")}</svg>`;
}

function colours(
  kind: TextKind,
  onDark: boolean,
  between: (from: number, to: number) => number,
): readonly [string, string] {
  const hsl = (lightness: number, saturation: number): string =>
    `hsl(${between(0, 360).toFixed(0)},${saturation.toFixed(0)}%,${lightness.toFixed(0)}%)`;
  if (kind === "page") return [hsl(between(80, 97), between(0, 20)), hsl(between(5, 30), between(0, 20))];
  const dark = hsl(between(4, 28), between(0, 80));
  const light = hsl(between(82, 98), between(0, 60));
  if (kind === "poster") return ["", onDark ? light : dark];
  return between(0, 1) < 0.5 ? [light, dark] : [dark, light];
}

/** The transform from the image to the panel, both from 0 to 1: turned by up to 25° and seen from the side, but for captions. */
function placePanel(kind: TextKind, panel: Panel, between: (from: number, to: number) => number): Homography {
  const aspect = panel.width / panel.height;
  let width = kind === "page" ? between(0.7, 1.1) : kind === "caption" ? between(0.45, 0.9) : between(0.3, 0.85);
  let height = width / aspect;
  if (height > 0.9 && kind !== "page") [width, height] = [0.9 * aspect, 0.9];
  const tilt = kind === "caption" ? 0 : (between(-25, 25) * Math.PI) / 180 / (between(0, 1) < 0.5 ? 4 : 1);
  const skew = kind === "caption" ? 0 : 0.12;
  const centre =
    kind === "caption"
      ? [0.5, between(0.86, 0.95)]
      : [between(width / 2, 1 - width / 2), between(height / 2, 1 - height / 2)];
  const corners = [
    [-0.5, -0.5, 0, 0],
    [0.5, -0.5, 1, 0],
    [0.5, 0.5, 1, 1],
    [-0.5, 0.5, 0, 1],
  ] as const;
  const placed = corners.map(([x, y, u, v]) => {
    const [a, b] = [width * (x + between(-skew, skew)), height * (y + between(-skew, skew))];
    return {
      x: (centre[0] ?? 0) + a * Math.cos(tilt) - b * Math.sin(tilt),
      y: (centre[1] ?? 0) + a * Math.sin(tilt) + b * Math.cos(tilt),
      u,
      v,
      weight: 1,
    };
  });
  const toPanel = leastSquares(placed, true);
  if (!toPanel) throw new Error("The corners of the panel lie on a line.");
  return toPanel;
}

async function photograph(
  { width, height, data }: { width: number; height: number; data: Uint8ClampedArray },
  between: (from: number, to: number) => number,
  random: () => number,
): Promise<PixelImage> {
  const shade = [between(0.75, 1.05), between(-0.2, 0.2), between(-0.2, 0.2)] as const;
  const noise = between(0, 10);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = shade[0] + shade[1] * (x / width - 0.5) + shade[2] * (y / height - 0.5);
      for (let c = 0; c < 3; c++) {
        const at = (y * width + x) * 4 + c;
        data[at] = (data[at] ?? 0) * light + noise * (random() + random() - 1);
      }
    }
  }
  let camera = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  const blur = between(-0.4, 1.1);
  if (blur > 0.3) camera = camera.blur(blur);
  const jpeg = await camera.jpeg({ quality: Math.round(between(45, 95)) }).toBuffer();
  const photo = await sharp(jpeg).ensureAlpha().raw().toBuffer();
  return { width, height, data: photo };
}
