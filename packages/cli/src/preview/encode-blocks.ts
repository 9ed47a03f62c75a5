import type { Raster } from "./protocols.ts";

/** One pixel, or undefined for one that is clear. */
type Color = readonly [red: number, green: number, blue: number] | undefined;

/**
 * Pixels as half blocks: a character is two of them, one above the other.
 *
 * @param bits 24 for any color, 8 for the 256 of the palette.
 * @returns Lines, each with a line break.
 */
export function encodeBlocks(raster: Raster, bits: 8 | 24): string {
  const lines: string[] = [];
  for (let y = 0; y < raster.height; y += 2) lines.push(lineOf(raster, y, bits));
  return lines.join("");
}

const reset = "\u001b[0m";

function lineOf(raster: Raster, y: number, bits: 8 | 24): string {
  let line = "";
  let before = "";
  for (let x = 0; x < raster.width; x++) {
    const top = colorAt(raster, x, y);
    const bottom = y + 1 < raster.height ? colorAt(raster, x, y + 1) : undefined;
    const [character, ink, ground] = top
      ? ["▀", top, bottom]
      : bottom
        ? ["▄", bottom, undefined]
        : [" ", undefined, undefined];
    const look = `${reset}${ink ? sgr(38, ink, bits) : ""}${ground ? sgr(48, ground, bits) : ""}`;
    line += look === before ? character : look + character;
    before = look;
  }
  return `${line}${reset}\n`;
}

function colorAt({ data, width }: Raster, x: number, y: number): Color {
  const at = (y * width + x) * 4;
  const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
  return alpha < 128 ? undefined : [red, green, blue];
}

/** 38 sets the color of the character, 48 that of the ground. */
function sgr(place: 38 | 48, color: NonNullable<Color>, bits: 8 | 24): string {
  return bits === 24 ? `\u001b[${place};2;${color.join(";")}m` : `\u001b[${place};5;${nearestOf256(color)}m`;
}

/** The six levels of a channel in the cube of 216 colors that begins at 16. */
const levels = [0, 95, 135, 175, 215, 255];
const cubeStart = 16;
const greyStart = 232;

/** The color of the 256 that is nearest: of the cube, or of the 24 greys 8, 18 … 238. The first 16 differ by theme. */
export function nearestOf256([red, green, blue]: NonNullable<Color>): number {
  const [r, g, b] = [nearestLevel(red), nearestLevel(green), nearestLevel(blue)];
  const grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const inCube = distance([red, green, blue], [levels[r] ?? 0, levels[g] ?? 0, levels[b] ?? 0]);
  const inGreys = distance([red, green, blue], [8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey]);
  return inCube <= inGreys ? cubeStart + 36 * r + 6 * g + b : greyStart + grey;
}

function nearestLevel(value: number): number {
  let nearest = 0;
  for (const [index, level] of levels.entries()) {
    if (Math.abs(level - value) < Math.abs((levels[nearest] ?? 0) - value)) nearest = index;
  }
  return nearest;
}

function distance([r, g, b]: NonNullable<Color>, [red, green, blue]: NonNullable<Color>): number {
  return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
}
