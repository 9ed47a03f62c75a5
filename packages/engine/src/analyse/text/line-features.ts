import type { GlyphLine } from "./group-lines.ts";
import { deviation, mean, spread } from "./statistics.ts";

/** What tells a line of text from a row of leaves, stones or bars; each is limited, so that no one of them decides alone. */
export const featureNames = [
  "glyphs",
  "length",
  "unevenness",
  "strokeVariation",
  "strokeSpread",
  "heightSpread",
  "waviness",
  "bars",
  "fill",
  "complexity",
  "contrast",
  "strokeWidth",
  "gapSpread",
  "lumaSpread",
  "slope",
  "coverage",
  "smallness",
  "widthSpread",
  "fillSpread",
  "complexitySpread",
] as const;

export function lineFeatures(line: GlyphLine): number[] {
  const { glyphs, upright, height, length, slope, waviness } = line;
  const across = glyphs.map((glyph) => (upright ? glyph.width : glyph.height));
  const along = glyphs.map((glyph) => (upright ? glyph.height : glyph.width));
  const starts = glyphs.map((glyph) => (upright ? glyph.top : glyph.left));
  const gaps = starts.slice(1).map((start, i) => start - (starts[i] ?? 0) - (along[i] ?? 0));
  const contrast = mean(glyphs.map((glyph) => glyph.contrast));
  const bars = glyphs.filter(
    (glyph, i) =>
      glyph.fill > 0.6 && ((along[i] ?? 0) < 0.4 * (across[i] ?? 0) || (along[i] ?? 0) > 2.5 * (across[i] ?? 0)),
  );
  const covered = along.reduce((sum, value) => sum + value, 0);
  const features = [
    (Math.min(glyphs.length, 14) - 2) / 6,
    Math.min(length / height, 16) / 8,
    mean(glyphs.map((glyph) => glyph.unevenness)) * 2,
    mean(glyphs.map((glyph) => glyph.strokeVariation)) * 3,
    spread(glyphs.map((glyph) => glyph.stroke)) * 3,
    spread(across) * 3,
    waviness * 5,
    bars.length / glyphs.length,
    mean(glyphs.map((glyph) => glyph.fill)) * 2,
    mean(glyphs.map((glyph) => glyph.complexity)) / 2,
    contrast / 80,
    (mean(glyphs.map((glyph) => glyph.stroke)) / height) * 5,
    (deviation(gaps) / height) * 3,
    (deviation(glyphs.map((glyph) => glyph.luma)) / contrast) * 5,
    Math.abs(slope) * 3,
    covered / length,
    8 / height,
    spread(along) * 2,
    spread(glyphs.map((glyph) => glyph.fill * 10)) * 4,
    spread(glyphs.map((glyph) => glyph.complexity * 10)) * 4,
  ];
  return features.map((feature) => Math.min(3, feature));
}
