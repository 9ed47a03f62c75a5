import type { PixelImage } from "../variation-options.ts";

/** Kinds of images that are drawn from integers alone, so that every machine draws the same. */
export type Kind = "scene" | "texture" | "graphics" | "cutout" | "figure" | "dusk" | "coins";

/**
 * Draws an image to vary.
 *
 * - `scene`: a sky, a ground, and a few discs that stand out
 * - `texture`: pebbles, alike everywhere
 * - `graphics`: flat colours
 * - `cutout`: a disc whose surroundings are transparent
 * - `figure`: a head, red, above a body, on a plain ground
 * - `coins`: four rows of discs that look alike, bright on a dark ground
 * - `dusk`: a hill under an evening sky, dark and without grain
 */
export function drawImage(kind: Kind, width: number, height: number): PixelImage {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint[kind]({ x, y, width, height }), (y * width + x) * 4);
  }
  return { width, height, data };
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const paint: Record<Kind, (spot: Spot) => Colour> = {
  scene: (spot) => {
    const { x, y, width, height } = spot;
    const grain = noise(x, y) >> 5;
    for (const [left, top, red] of [
      [25, 30, 210],
      [70, 40, 40],
      [50, 75, 120],
    ] as const) {
      if (isInDisc(spot, left, top, 8)) return [red, 200 - red + grain, 60 + ((x + y) % 16) * 4, 255];
    }
    const isSky = y * 100 < height * 60;
    return isSky
      ? [90 + Math.trunc((60 * y) / height), 140 + grain, 220, 255]
      : [70 + grain * 2, 110 + Math.trunc((40 * x) / width) + grain * 3, 50 + grain, 255];
  },
  texture: ({ x, y }) => {
    const cell = noise(Math.trunc((x + (Math.trunc(y / 6) % 2) * 3) / 7), Math.trunc(y / 6));
    const shade = 60 + (cell >> 1) - (x % 7 === 0 || y % 6 === 0 ? 50 : 0);
    return [shade, shade - 4, Math.max(0, shade - 12), 255];
  },
  graphics: (spot) => {
    if (isInDisc(spot, 50, 50, 25)) return [200, 40, 60, 255];
    return spot.x * 2 < spot.width ? [250, 220, 90, 255] : [30, 90, 160, 255];
  },
  figure: (spot) => {
    const { x, y, width, height } = spot;
    if (isInDisc(spot, 50, 21, 14)) return [220, 60 + ((x * 7 + y * 13) % 40), 50, 255];
    const isBody = y * 100 > height * 35 && Math.abs(x * 100 - 50 * width) * 3 < 36 * width + y * 100 - 35 * height;
    if (isBody) return [40, 60 + ((x * x + y * 3) % 90), 130, 255];
    return [190, 190 + Math.trunc((24 * y) / height), 200, 255];
  },
  coins: ({ x, y, width, height }) => {
    const across = (x * 5) / width + 0.1;
    const down = (y * 4) / height;
    const [column, row] = [Math.floor(across), Math.floor(down)];
    const offsetX = (across - column - 0.5) * width * 4;
    const offsetY = (down - row - 0.5) * height * 5;
    const radius = 6.5 + (noise(column, row) & 1);
    const grain = noise(x >> 1, y >> 1) >> 3;
    const isCoin = offsetX * offsetX + offsetY * offsetY < radius * radius * width * height * 0.04;
    const shade = isCoin ? 150 + grain * 2 : 30 + (grain >> 2);
    return [shade, shade, shade, 255];
  },
  dusk: ({ x, y, width, height }) => {
    const slope = Math.abs((((x * 300) / width) % 200) - 100);
    if ((y * 100) / height > 55 + slope / 5) return [35, 60, 75, 255];
    const glow = Math.trunc((60 * y) / height);
    return [15 + glow, 55 + (glow >> 1), 85, 255];
  },
  cutout: (spot) => (isInDisc(spot, 50, 50, 35) ? [200, 120 + (noise(spot.x, spot.y) >> 4), 40, 255] : [0, 255, 0, 0]),
};

/** Whether a spot is in a disc; centre and radius in hundredths of the image. */
function isInDisc({ x, y, width, height }: Spot, centreX: number, centreY: number, radius: number): boolean {
  const side = Math.min(width, height);
  const offsetX = x * 100 - centreX * width;
  const offsetY = y * 100 - centreY * height;
  return offsetX * offsetX + offsetY * offsetY < radius * radius * side * side;
}

/** 0 to 255. */
function noise(x: number, y: number): number {
  let hash = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y + 1, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & 255;
}
