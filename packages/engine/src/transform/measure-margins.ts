import type { Grid } from "../analyse/grid.ts";

/** How much may be cut off on each side before the subject is, as shares of the width and height. */
export interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is less rigid is not part of a subject. */
const subjectThreshold = 0.3;
/** An image with less of it has no subject. */
const leastSubject = 0.004;
/**
 * The share of the subject that may be lost on each side. Least at the top, where heads are; most at the bottom, where
 * subjects are cut off anyhow.
 */
const bearableLoss = { left: 0.06, top: 0.01, right: 0.06, bottom: 0.16 };

/** @param freedom How much more than usual may be lost, 1 being usual. */
export function measureMargins({ width, height, values }: Grid, freedom: number): Margins {
  const columns = new Float64Array(width);
  const rows = new Float64Array(height);
  let total = 0;
  for (const [cell, value] of values.entries()) {
    const subject = Math.max(0, value - subjectThreshold);
    const x = cell % width;
    columns[x] = (columns[x] ?? 0) + subject;
    const y = (cell - x) / width;
    rows[y] = (rows[y] ?? 0) + subject;
    total += subject;
  }
  if (total < leastSubject * values.length) return { left: 1, top: 1, right: 1, bottom: 1 };
  const bearable = total * freedom;
  return {
    left: marginOf(columns, bearable * bearableLoss.left),
    top: marginOf(rows, bearable * bearableLoss.top),
    right: marginOf(columns.toReversed(), bearable * bearableLoss.right),
    bottom: marginOf(rows.toReversed(), bearable * bearableLoss.bottom),
  };
}

/** How far one gets from the start before more than this is lost. */
function marginOf(subject: Float64Array, bearable: number): number {
  let lost = 0;
  for (const [i, value] of subject.entries()) {
    if (lost + value > bearable) return (i + (bearable - lost) / value) / subject.length;
    lost += value;
  }
  return 1;
}
