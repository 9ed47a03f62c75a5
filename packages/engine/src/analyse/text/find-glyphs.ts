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
  const page: Page = { luma, marks, depth: depthOf(marks, luma.width, luma.height) };
  const glyphs: Glyph[] = [];
  const seen = new Uint8Array(marks.length);
  const stack = new Int32Array(marks.length);
  for (let start = 0; start < marks.length; start++) {
    const polarity = marks[start] ?? 0;
    if (polarity === 0 || seen[start]) continue;
    const group = new Group(page, polarity as 1 | 2);
    let size = 0;
    stack[size++] = start;
    seen[start] = 1;
    while (size > 0) {
      const at = stack[--size] ?? 0;
      const { hasLeft, hasRight, hasTop, hasBottom } = group.add(at);
      for (let dy = hasTop ? -1 : 0; dy <= (hasBottom ? 1 : 0); dy++) {
        for (let dx = hasLeft ? -1 : 0; dx <= (hasRight ? 1 : 0); dx++) {
          const next = at + dy * luma.width + dx;
          if (!seen[next] && marks[next] === polarity) {
            seen[next] = 1;
            stack[size++] = next;
          }
        }
      }
    }
    const glyph = group.toGlyph();
    if (glyph && isPossible(glyph)) glyphs.push(glyph);
  }
  return glyphs;
}

interface Page {
  readonly luma: Luma;
  readonly marks: StrokeMarks;
  readonly depth: Uint16Array;
}

interface Neighbourhood {
  readonly hasLeft: boolean;
  readonly hasRight: boolean;
  readonly hasTop: boolean;
  readonly hasBottom: boolean;
}

/** What is known of a group of pixels as it grows. */
class Group {
  readonly #page: Page;
  readonly #polarity: 1 | 2;
  readonly #inside = new Moments();
  readonly #outside = new Moments();
  readonly #ridge = new Moments();
  #left = Infinity;
  #right = 0;
  #top = Infinity;
  #bottom = 0;

  constructor(page: Page, polarity: 1 | 2) {
    this.#page = page;
    this.#polarity = polarity;
  }

  add(at: number): Neighbourhood {
    const { luma, marks } = this.#page;
    const { width, height, data } = luma;
    const x = at % width;
    const y = (at - x) / width;
    this.#left = Math.min(this.#left, x);
    this.#right = Math.max(this.#right, x);
    this.#top = Math.min(this.#top, y);
    this.#bottom = Math.max(this.#bottom, y);
    this.#inside.add(data[at] ?? 0);
    const around = { hasLeft: x > 0, hasRight: x < width - 1, hasTop: y > 0, hasBottom: y < height - 1 };
    // What lies two pixels outside: one pixel outside is the soft edge of the stroke itself.
    const look = (isInside: boolean, step: number, hasTwo: boolean): void => {
      if (isInside && marks[at + step] !== this.#polarity) this.#outside.add(data[at + step * (hasTwo ? 2 : 1)] ?? 0);
    };
    look(around.hasLeft, -1, x > 1);
    look(around.hasRight, 1, x < width - 2);
    look(around.hasTop, -width, y > 1);
    look(around.hasBottom, width, y < height - 2);
    this.#addRidge(at, around);
    return around;
  }

  /** Where a stroke is deepest, its depth tells its width. */
  #addRidge(at: number, { hasLeft, hasRight, hasTop, hasBottom }: Neighbourhood): void {
    const { luma, depth } = this.#page;
    const own = depth[at] ?? 0;
    const isDeepest =
      (!hasLeft || (depth[at - 1] ?? 0) <= own) &&
      (!hasRight || (depth[at + 1] ?? 0) <= own) &&
      (!hasTop || (depth[at - luma.width] ?? 0) <= own) &&
      (!hasBottom || (depth[at + luma.width] ?? 0) <= own);
    if (isDeepest) this.#ridge.add(own);
  }

  /** Undefined if it has not the size of a letter. */
  toGlyph(): Glyph | undefined {
    const [left, top] = [this.#left, this.#top];
    const width = this.#right - left + 1;
    const height = this.#bottom - top + 1;
    const area = this.#inside.count;
    if (Math.max(width, height) < smallest.side || area < smallest.area || height > largestHeight) return undefined;
    if (width > widest * height || width > this.#page.luma.width * 0.8 || this.#outside.count === 0) return undefined;

    const polarity = this.#polarity;
    const luma = this.#inside.mean;
    const outside = this.#outside.mean;
    const contrast = polarity === 1 ? outside - luma : luma - outside;
    return {
      polarity,
      left,
      top,
      width,
      height,
      x: left + width / 2,
      y: top + height / 2,
      area,
      // Depths are in thirds of a pixel, counted from the pixel's outer side.
      stroke: (2 * this.#ridge.mean) / 3 - 1,
      strokeVariation: this.#ridge.deviation / this.#ridge.mean,
      luma,
      contrast,
      unevenness: (this.#inside.deviation + this.#outside.deviation) / Math.max(1, contrast),
      fill: area / (width * height),
      // Each pixel outside was counted for one edge.
      complexity: this.#outside.count / (4 * Math.sqrt(area)),
    };
  }
}

class Moments {
  count = 0;
  #sum = 0;
  #squares = 0;

  add(value: number): void {
    this.count += 1;
    this.#sum += value;
    this.#squares += value * value;
  }

  get mean(): number {
    return this.#sum / this.count;
  }

  get deviation(): number {
    return Math.sqrt(Math.max(0, this.#squares / this.count - this.mean * this.mean));
  }
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
      const mark = marks[at] ?? 0;
      if (mark === 0) continue;
      let least = 3;
      if (x > 0 && y > 0 && x < width - 1) {
        least = Math.min(
          (marks[at - 1] === mark ? (depth[at - 1] ?? 0) : 0) + 3,
          (marks[at - width] === mark ? (depth[at - width] ?? 0) : 0) + 3,
          (marks[at - width - 1] === mark ? (depth[at - width - 1] ?? 0) : 0) + 4,
          (marks[at - width + 1] === mark ? (depth[at - width + 1] ?? 0) : 0) + 4,
        );
      }
      depth[at] = least;
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = y * width + x;
      const mark = marks[at] ?? 0;
      if (mark === 0) continue;
      let least = 3;
      if (x > 0 && y < height - 1 && x < width - 1) {
        least = Math.min(
          depth[at] ?? 0,
          (marks[at + 1] === mark ? (depth[at + 1] ?? 0) : 0) + 3,
          (marks[at + width] === mark ? (depth[at + width] ?? 0) : 0) + 3,
          (marks[at + width + 1] === mark ? (depth[at + width + 1] ?? 0) : 0) + 4,
          (marks[at + width - 1] === mark ? (depth[at + width - 1] ?? 0) : 0) + 4,
        );
      }
      depth[at] = Math.min(depth[at] ?? 0, least);
    }
  }
  return depth;
}
