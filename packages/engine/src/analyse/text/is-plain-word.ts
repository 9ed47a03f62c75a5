import type { GlyphLine } from "./group-lines.ts";
import { deviation, mean, spread } from "./statistics.ts";

/**
 * Whether a row is as regular as only lettering is: five glyphs or more of one height, stroke and shade on a straight line,
 * evenly spaced, plain on a plain ground, and yet not of one shape. A sign with a single word has no other line to bear it out.
 */
export function isPlainWord({ glyphs, upright, height, waviness }: GlyphLine): boolean {
  if (glyphs.length < 5 || height < 8 || waviness > 0.05) return false;
  const across = glyphs.map((glyph) => (upright ? glyph.width : glyph.height));
  const along = glyphs.map((glyph) => (upright ? glyph.height : glyph.width));
  const starts = glyphs.map((glyph) => (upright ? glyph.top : glyph.left));
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0) - (along[i] ?? 0));
  const strokes = glyphs.map(({ stroke }) => stroke);
  const complexities = glyphs.map(({ complexity }) => complexity);
  const fill = mean(glyphs.map((glyph) => glyph.fill));
  const strokeByHeight = mean(strokes) / height;
  return (
    mean(glyphs.map(({ unevenness }) => unevenness)) < 0.5 &&
    mean(glyphs.map(({ strokeVariation }) => strokeVariation)) < 0.4 &&
    spread(strokes) < 0.12 &&
    spread(across) < 0.12 &&
    deviation(gaps) < 0.35 * height &&
    deviation(glyphs.map(({ luma }) => luma)) < 0.06 * mean(glyphs.map(({ contrast }) => contrast)) &&
    fill > 0.3 &&
    fill < 0.7 &&
    strokeByHeight > 0.07 &&
    strokeByHeight < 0.2 &&
    deviation(complexities) > 0.07 * mean(complexities)
  );
}
