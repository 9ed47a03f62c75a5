import type { Glyph } from "./find-glyphs.ts";

/** Glyphs that stand in a row, in order: a line of text, if they are letters. */
export interface GlyphLine {
  readonly glyphs: readonly Glyph[];
  /** Whether the row runs down the image, not across. */
  readonly upright: boolean;
  /** Median height of the glyphs, across the row. */
  readonly height: number;
  /** From the first glyph's edge to the last one's. */
  readonly length: number;
  /** How far the row falls for each pixel that it runs. */
  readonly slope: number;
  /** Root mean square distance of the centres from a straight line, by the height. */
  readonly waviness: number;
}

/** Rows of at least two glyphs of one polarity, like in size, stroke and luma, in reading direction or upright. */
export function groupLines(glyphs: readonly Glyph[]): GlyphLine[] {
  const lines: GlyphLine[] = [];
  for (const upright of [false, true]) {
    const turned = upright ? glyphs.map(turn) : glyphs;
    const original = new Map(turned.map((glyph, i) => [glyph, glyphs[i]!]));
    for (const row of linkRows(turned)) {
      const line = measureLine(row, upright);
      lines.push({ ...line, glyphs: row.map((glyph) => original.get(glyph)!) });
    }
  }
  return lines;
}

function turn(glyph: Glyph): Glyph {
  const { left, top, width, height, x, y } = glyph;
  return { ...glyph, left: top, top: left, width: height, height: width, x: y, y: x };
}

/** Links each glyph to the one that follows it best, where both agree, and follows the links. */
function linkRows(glyphs: readonly Glyph[]): Glyph[][] {
  const sorted = glyphs.toSorted((a, b) => a.left - b.left || a.top - b.top);
  const next = new Int32Array(sorted.length).fill(-1);
  const previous = new Int32Array(sorted.length).fill(-1);
  const nextCost = new Float64Array(sorted.length).fill(Infinity);
  const previousCost = new Float64Array(sorted.length).fill(Infinity);
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i]!;
    const reach = a.left + a.width + 3.2 * a.height;
    for (let j = i + 1; j < sorted.length && sorted[j]!.left <= reach; j++) {
      const cost = linkCost(a, sorted[j]!);
      if (cost < (nextCost[i] ?? 0)) [nextCost[i], next[i]] = [cost, j];
      if (cost < (previousCost[j] ?? 0)) [previousCost[j], previous[j]] = [cost, i];
    }
  }
  const rows: Glyph[][] = [];
  for (let i = 0; i < sorted.length; i++) {
    const before = previous[i] ?? 0;
    if (before >= 0 && next[before] === i) continue;
    const row = [sorted[i]!];
    for (let at = i; (next[at] ?? 0) >= 0 && previous[next[at] ?? 0] === at; at = next[at] ?? 0)
      row.push(sorted[next[at] ?? 0]!);
    if (row.length >= 2) rows.push(row);
  }
  return rows;
}

/** How badly `b` follows `a`, in heights; `Infinity` if it can't. */
function linkCost(a: Glyph, b: Glyph): number {
  if (a.polarity !== b.polarity) return Infinity;
  const larger = Math.max(a.height, b.height);
  const smaller = Math.min(a.height, b.height);
  if (larger > 2.4 * smaller) return Infinity;
  const gap = b.left - a.left - a.width;
  if (gap > 1.6 * larger || gap < -0.35 * Math.min(a.width, b.width)) return Infinity;
  const thicker = Math.max(a.stroke, b.stroke);
  if (thicker > 2.2 * Math.min(a.stroke, b.stroke) + 1.5) return Infinity;
  if (Math.abs(a.luma - b.luma) > 0.5 * Math.max(a.contrast, b.contrast)) return Infinity;
  const step = b.x - a.x;
  if (step <= 0) return Infinity;
  const middle = Math.abs(b.y - a.y);
  const tops = Math.abs(b.top - a.top);
  const bottoms = Math.abs(b.top + b.height - a.top - a.height);
  const off = Math.min(middle, tops, bottoms);
  if (off > 0.2 * larger + 0.6 * step || middle > 0.6 * larger + 0.5 * step) return Infinity;
  return (Math.max(0, gap) + 1.5 * off + 0.5 * (larger - smaller)) / larger;
}

function measureLine(row: readonly Glyph[], upright: boolean): Omit<GlyphLine, "glyphs"> {
  const heights = row.map(({ height }) => height).toSorted((a, b) => a - b);
  const height = heights[heights.length >> 1] ?? 0;
  const first = row[0]!;
  const end = row.reduce((furthest, { left, width }) => Math.max(furthest, left + width), 0);
  let [x, y, xx, xy] = [0, 0, 0, 0];
  for (const glyph of row) {
    x += glyph.x / row.length;
    y += glyph.y / row.length;
  }
  for (const glyph of row) {
    xx += (glyph.x - x) * (glyph.x - x);
    xy += (glyph.x - x) * (glyph.y - y);
  }
  const slope = xx > 0 ? xy / xx : 0;
  let square = 0;
  for (const glyph of row) {
    const off = glyph.y - y - slope * (glyph.x - x);
    square += off * off;
  }
  return {
    upright,
    height,
    length: end - first.left,
    slope,
    waviness: Math.sqrt(square / row.length) / height,
  };
}
