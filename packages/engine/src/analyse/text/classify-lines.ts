import type { GlyphLine } from "./group-lines.ts";
import { isPlainWord } from "./is-plain-word.ts";
import { lineFeatures } from "./line-features.ts";
import { lineWeights } from "./line-weights.ts";

/** Where a line stands, as shares of the sides of the image, and what its glyphs say of it by themselves. */
export interface PlacedLine {
  readonly line: GlyphLine;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Height of its letters, as a share of the image's height, or of its width for an upright line. */
  readonly size: number;
  readonly level: Level;
  /** Over 0 if its own features are rather those of text. */
  readonly score: number;
}

/** The size of the pixels that glyphs are measured in. */
export interface Level {
  readonly width: number;
  readonly height: number;
}

export function placeLine(line: GlyphLine, level: Level): PlacedLine {
  const { glyphs, upright } = line;
  const { width, height } = level;
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const glyph of glyphs) {
    left = Math.min(left, glyph.left);
    top = Math.min(top, glyph.top);
    right = Math.max(right, glyph.left + glyph.width);
    bottom = Math.max(bottom, glyph.top + glyph.height);
  }
  return {
    line,
    left: left / width,
    top: top / height,
    right: right / width,
    bottom: bottom / height,
    size: line.height / (upright ? width : height),
    level,
    score: scoreLine(line),
  };
}

function scoreLine(line: GlyphLine): number {
  if (isPattern(line)) return -Infinity;
  const score = scoreFeatures(lineFeatures(line));
  return isPlainWord(line) ? Math.max(score, 3) : score;
}

/** Letters differ; five glyphs or more that mostly have one area are a chequerboard, a lattice or a row of windows. */
function isPattern({ glyphs }: GlyphLine): boolean {
  const areas = glyphs.map(({ area }) => area).toSorted((a, b) => a - b);
  const median = areas[areas.length >> 1] ?? 0;
  const alike = areas.filter((area) => Math.abs(area - median) < 0.03 * median).length;
  return areas.length >= 5 && alike > 0.5 * areas.length;
}

/** A small network of one hidden layer; pnpm bench:text --fit finds its weights. */
export function scoreFeatures(features: readonly number[]): number {
  const { hidden, output } = lineWeights;
  let score = output.at(-1) ?? 0;
  for (const [i, weights] of hidden.entries()) {
    let sum = weights.at(-1) ?? 0;
    for (let k = 0; k < features.length; k++) sum += (weights[k] ?? 0) * (features[k] ?? 0);
    if (sum > 0) score += sum * (output[i] ?? 0);
  }
  return score;
}

/**
 * How the lines around it bear a line out. Text comes in parallel lines that several levels agree on. In a texture, rows run
 * both ways over the same place, and what lies between its grains looks like grains as well. Only lines that look like text
 * by themselves count, so that weak ones can't bear each other out.
 */
export function contextFeatures(placed: PlacedLine, all: readonly PlacedLine[]): number[] {
  let [parallel, best, elsewhere, crossing, opposite] = [0, 0, 0, 0, 0];
  for (const other of all) {
    if (other === placed || other.score <= 0) continue;
    const larger = Math.max(other.size, placed.size);
    if (larger > 1.8 * Math.min(other.size, placed.size)) continue;
    const [along, across] = offsets(placed, other);
    const strength = Math.min(4, other.score);
    const samePlace = along < 0 && across < -0.5 * placed.size;
    if (other.line.upright !== placed.line.upright) {
      if (samePlace) crossing = Math.max(crossing, strength);
    } else if (samePlace) {
      if (polarityOf(other) !== polarityOf(placed)) opposite = Math.max(opposite, strength);
      else if (other.level !== placed.level) elsewhere = Math.max(elsewhere, strength);
    } else if ((along < 0 && across < 2.5 * placed.size) || (across < -0.5 * placed.size && along < 4 * placed.size)) {
      parallel += strength;
      best = Math.max(best, strength);
    }
  }
  const own = Math.max(0, placed.score);
  return [Math.min(1, parallel / 4), best, elsewhere, Math.max(0, crossing - own), Math.max(0, opposite - own)];
}

function polarityOf({ line }: PlacedLine): 1 | 2 {
  return line.glyphs[0]!.polarity;
}

/** The gaps between two boxes along and across the line; below 0 where they overlap. */
function offsets(a: PlacedLine, b: PlacedLine): readonly [number, number] {
  const x = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  const y = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  return a.line.upright ? [y, x] : [x, y];
}

/** From 0, surely no text, to 1. */
export function confidence(placed: PlacedLine, all: readonly PlacedLine[]): number {
  const { context } = lineWeights;
  const around = contextFeatures(placed, all);
  if (placed.score < leastScore(placed, around)) return 0;
  let sum = (context.at(-1) ?? 0) + (context[0] ?? 0) * placed.score;
  for (const [k, feature] of around.entries()) sum += (context[k + 1] ?? 0) * feature;
  // A ramp in place of a logistic curve, which would need an exponential.
  return Math.min(1, Math.max(0, 0.5 + sum / 4));
}

/** What a line must score by itself, whatever lies around it. Two strokes alone do not make a word, and few signs are upright. */
function leastScore({ line }: PlacedLine, [parallel]: readonly number[]): number {
  if ((parallel ?? 0) > 0) return -1.5;
  if (line.glyphs.length === 2) return Infinity;
  return line.upright ? 2.5 : -1.5;
}
