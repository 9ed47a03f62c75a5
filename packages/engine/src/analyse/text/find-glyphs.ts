import type { Luma } from "./luma-levels.ts";
import { type StrokeMarks } from "./mark-strokes.ts";

/** A connected group of marked pixels that could be a letter, or a word whose letters touch. Lengths are in pixels of its level. */
export interface Glyph {
  readonly polarity: 1 | 2;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly area: number;
  /** Mean width of the strokes. */
  readonly stroke: number;
  /** Standard deviation of the stroke width, by its mean. */
  readonly strokeVariation: number;
  readonly luma: number;
  /** Difference between the inside and the surroundings, of 255. */
  readonly contrast: number;
  /** Standard deviations of inside and surroundings, by the contrast: letters are plain, and so is what they stand on. */
  readonly unevenness: number;
  /** Share of the bounding box that is covered. */
  readonly fill: number;
  /** Boundary length by what a square of the same area would have. */
  readonly complexity: number;
}

const smallest = { side: 5, area: 12 };
const largestHeight = 90;
const widest = 9;

/** Collects the glyphs of one level; what is too small, too large, solid, ragged or faint to be a letter is left out. */
export function findGlyphs(luma: Luma, marks: StrokeMarks): Glyph[] {
  const { width, height, data } = luma;
  const depth = depthOf(marks, width, height);
  const seen = new Uint8Array(marks.length);
  const stack = new Int32Array(marks.length);
  const glyphs: Glyph[] = [];
  for (let start = 0; start < marks.length; start++) {
    const polarity = marks[start]!;
    if (polarity === 0 || seen[start]) continue;
    let [left, right, top, bottom] = [width, 0, height, 0];
    let [area, sum, squares, edges] = [0, 0, 0, 0];
    let [around, aroundSquares, aroundCount] = [0, 0, 0];
    let [ridge, ridgeSquares, ridgeCount] = [0, 0, 0];
    let size = 0;
    stack[size++] = start;
    seen[start] = 1;
    while (size > 0) {
      const at = stack[--size]!;
      const x = at % width;
      const y = (at - x) / width;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      area++;
      const value = data[at]!;
      sum += value;
      squares += value * value;
      const [hasLeft, hasRight, hasTop, hasBottom] = [x > 0, x < width - 1, y > 0, y < height - 1];
      // What lies two pixels outside: one pixel outside is the soft edge of the stroke itself.
      if (hasLeft && marks[at - 1] !== polarity) {
        edges++;
        const outside = data[x > 1 ? at - 2 : at - 1]!;
        around += outside;
        aroundSquares += outside * outside;
        aroundCount++;
      }
      if (hasRight && marks[at + 1] !== polarity) {
        edges++;
        const outside = data[x < width - 2 ? at + 2 : at + 1]!;
        around += outside;
        aroundSquares += outside * outside;
        aroundCount++;
      }
      if (hasTop && marks[at - width] !== polarity) {
        edges++;
        const outside = data[y > 1 ? at - 2 * width : at - width]!;
        around += outside;
        aroundSquares += outside * outside;
        aroundCount++;
      }
      if (hasBottom && marks[at + width] !== polarity) {
        edges++;
        const outside = data[y < height - 2 ? at + 2 * width : at + width]!;
        around += outside;
        aroundSquares += outside * outside;
        aroundCount++;
      }
      const d = depth[at]!;
      if (
        (!hasLeft || depth[at - 1]! <= d) &&
        (!hasRight || depth[at + 1]! <= d) &&
        (!hasTop || depth[at - width]! <= d) &&
        (!hasBottom || depth[at + width]! <= d)
      ) {
        ridge += d;
        ridgeSquares += d * d;
        ridgeCount++;
      }
      for (let dy = hasTop ? -1 : 0; dy <= (hasBottom ? 1 : 0); dy++) {
        for (let dx = hasLeft ? -1 : 0; dx <= (hasRight ? 1 : 0); dx++) {
          const next = at + dy * width + dx;
          if (!seen[next] && marks[next] === polarity) {
            seen[next] = 1;
            stack[size++] = next;
          }
        }
      }
    }
    const boxWidth = right - left + 1;
    const boxHeight = bottom - top + 1;
    if (Math.max(boxWidth, boxHeight) < smallest.side || area < smallest.area || boxHeight > largestHeight) continue;
    if (boxWidth > widest * boxHeight || boxWidth > width * 0.8 || aroundCount === 0) continue;

    const mean = sum / area;
    const outside = around / aroundCount;
    const contrast = polarity === 1 ? outside - mean : mean - outside;
    const inner = Math.sqrt(Math.max(0, squares / area - mean * mean));
    const outer = Math.sqrt(Math.max(0, aroundSquares / aroundCount - outside * outside));
    const ridgeMean = ridge / ridgeCount;
    const glyph: Glyph = {
      polarity: polarity as 1 | 2,
      left,
      top,
      width: boxWidth,
      height: boxHeight,
      x: left + boxWidth / 2,
      y: top + boxHeight / 2,
      area,
      // Depths are in thirds of a pixel, counted from the pixel's outer side.
      stroke: (2 * ridgeMean) / 3 - 1,
      strokeVariation: Math.sqrt(Math.max(0, ridgeSquares / ridgeCount - ridgeMean * ridgeMean)) / ridgeMean,
      luma: mean,
      contrast,
      unevenness: (inner + outer) / Math.max(1, contrast),
      fill: area / (boxWidth * boxHeight),
      complexity: edges / (4 * Math.sqrt(area)),
    };
    if (isPossible(glyph)) glyphs.push(glyph);
  }
  return glyphs;
}

function isPossible({ width, height, stroke, strokeVariation, contrast, unevenness, fill }: Glyph): boolean {
  const longer = Math.max(width, height);
  if (contrast < 14 || unevenness > 1.6) return false;
  if (fill < 0.1 || stroke / longer > 0.5 || strokeVariation > 0.75) return false;
  return !(fill > 0.9 && Math.min(width, height) / longer > 0.45);
}

/** Distance to the nearest pixel that is marked otherwise, in thirds of a pixel (chamfer 3-4). */
function depthOf(marks: StrokeMarks, width: number, height: number): Uint16Array {
  const depth = new Uint16Array(marks.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const mark = marks[at]!;
      if (mark === 0) continue;
      let least = 3;
      if (x > 0 && y > 0 && x < width - 1) {
        least = Math.min(
          (marks[at - 1] === mark ? depth[at - 1]! : 0) + 3,
          (marks[at - width] === mark ? depth[at - width]! : 0) + 3,
          (marks[at - width - 1] === mark ? depth[at - width - 1]! : 0) + 4,
          (marks[at - width + 1] === mark ? depth[at - width + 1]! : 0) + 4,
        );
      }
      depth[at] = least;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      const mark = marks[at]!;
      if (mark === 0) continue;
      let least = 3;
      if (x > 0 && y < height - 1 && x < width - 1) {
        least = Math.min(
          depth[at]!,
          (marks[at + 1] === mark ? depth[at + 1]! : 0) + 3,
          (marks[at + width] === mark ? depth[at + width]! : 0) + 3,
          (marks[at + width + 1] === mark ? depth[at + width + 1]! : 0) + 4,
          (marks[at + width - 1] === mark ? depth[at + width - 1]! : 0) + 4,
        );
      }
      depth[at] = Math.min(depth[at]!, least);
    }
  }
  return depth;
}
