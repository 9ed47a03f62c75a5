import type { PixelImage } from "../variation-options.ts";
import { confidence, placeLine, type PlacedLine } from "./text/classify-lines.ts";
import { findGlyphs } from "./text/find-glyphs.ts";
import { groupLines } from "./text/group-lines.ts";
import { lumaLevels } from "./text/luma-levels.ts";
import { markStrokes } from "./text/mark-strokes.ts";
import { finish, type Work } from "../work/work.ts";

/** Where text stands in an image. */
export interface TextMap {
  /** Cells in a row. */
  readonly columns: number;
  /** Cells in a column. */
  readonly rows: number;
  /** A value a cell, row by row: 0 for no text, to 1 for text. Cells cover the image evenly, whatever its aspect ratio. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Mean of `data`, 0 to 1: how much of the image is text. */
  readonly share: number;
  /** The lines that were found, the surest first. */
  readonly lines: readonly TextLine[];
}

/** How fine the map is. */
export interface TextGrid {
  /** @default 64 */
  readonly columns?: number;
  /** @default 64 */
  readonly rows?: number;
}

/** One line of text. */
export interface TextLine {
  /** The box round the line in pixels of the image. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0.5, rather text than not, to 1. */
  readonly confidence: number;
}

/**
 * Finds text in an image: signs, captions, pages; light on dark or dark on light; level, upright, or turned by up to about 30°.
 * A pure function of the pixels with the same result on every runtime; about 30 ms of one core, whatever the
 * size of the image, and up to 70 ms where everything is small strokes, as in grass.
 *
 * It looks for strokes that stand out from their surroundings, joins them to glyphs, strings glyphs of one height and stroke
 * width to lines, and asks a small classifier whether a line is text. Letters less than about 6 pixels high in an image of
 * 512 pixels a side are too small for it, and so is a letter that stands alone.
 *
 * Measured with `pnpm bench:text`, see docs/benchmarks.md.
 *
 * To keep text legible, treat cells over 0.5 as rigid, do not mirror the image if any line was found, and do not move what
 * they cover.
 */
export function detectText(image: PixelImage, grid: TextGrid = {}): TextMap {
  return finish(detectTextInSlices(image, grid));
}

/** Does what {@link detectText} does, in slices of some milliseconds. */
export function* detectTextInSlices(image: PixelImage, { columns = 64, rows = 64 }: TextGrid = {}): Work<TextMap> {
  const placed = yield* placeLines(image);
  const found = placed
    .map((line) => ({ line, confidence: confidence(line, placed) }))
    .filter((each) => each.confidence >= 0.5)
    .toSorted((a, b) => b.confidence - a.confidence);

  const data = new Float32Array(columns * rows);
  for (const each of found) paint(data, { columns, rows, ...each });
  let sum = 0;
  for (const value of data) sum += value;
  return {
    columns,
    rows,
    data,
    share: sum / data.length,
    lines: found.map(({ line, confidence: sure }) => ({
      x: line.left * image.width,
      y: line.top * image.height,
      width: (line.right - line.left) * image.width,
      height: (line.bottom - line.top) * image.height,
      confidence: sure,
    })),
  };
}

/** Every row of glyphs at every level, whether it is text or not. */
export function findLines(image: PixelImage): PlacedLine[] {
  return finish(placeLines(image));
}

function* placeLines(image: PixelImage): Work<PlacedLine[]> {
  const placed: PlacedLine[] = [];
  const levels = lumaLevels(image);
  yield;
  for (const luma of levels) {
    const marks = markStrokes(luma);
    yield;
    const glyphs = findGlyphs(luma, marks);
    yield;
    for (const line of groupLines(glyphs)) placed.push(placeLine(line, luma));
    yield;
  }
  return placed;
}

interface Painting {
  readonly columns: number;
  readonly rows: number;
  readonly line: PlacedLine;
  readonly confidence: number;
}

/** Covers the glyphs of a line, the spaces between them, and a margin for ascenders, accents and the edge of the panel. */
function paint(data: Float32Array, { columns, rows, line, confidence: value }: Painting): void {
  const { glyphs, height } = line.line;
  const [scaleX, scaleY] = [columns / line.level.width, rows / line.level.height];
  const margin = 0.4 * height;
  const fill = (left: number, top: number, right: number, bottom: number): void => {
    const lastRow = Math.min(rows - 1, Math.floor((bottom + margin) * scaleY));
    const lastColumn = Math.min(columns - 1, Math.floor((right + margin) * scaleX));
    for (let y = Math.max(0, Math.floor((top - margin) * scaleY)); y <= lastRow; y++) {
      for (let x = Math.max(0, Math.floor((left - margin) * scaleX)); x <= lastColumn; x++) {
        data[y * columns + x] = Math.max(data[y * columns + x] ?? 0, value);
      }
    }
  };
  for (const [i, a] of glyphs.entries()) {
    const b = glyphs[i + 1] ?? a;
    const steps = Math.max(1, Math.ceil((Math.abs(b.x - a.x) * scaleX + Math.abs(b.y - a.y) * scaleY) * 2));
    for (let step = 0; step <= steps; step++) {
      const between = (from: number, to: number): number => from + ((to - from) * step) / steps;
      const [x, y] = [between(a.x, b.x), between(a.y, b.y)];
      const [halfWidth, halfHeight] = [between(a.width, b.width) / 2, between(a.height, b.height) / 2];
      fill(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }
  }
}
