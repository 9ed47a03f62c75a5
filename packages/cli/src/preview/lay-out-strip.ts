/** Where images stand, in characters. */
export interface Strip {
  /** How many images stand in a row. */
  readonly perRow: number;
  /** How wide an image is, in characters. */
  readonly imageColumns: number;
  /** The whole width, in characters. */
  readonly columns: number;
}

/** Narrower images show nothing, and wider ones fill the screen. */
const widths = { least: 18, most: 40 };
const gapColumns = 1;

/** Places images side by side, as many in a row as the terminal has room for, all of a size. */
export function layOutStrip(count: number, terminalColumns: number): Strip {
  // The last column is left free: a character there can wrap the line.
  const room = Math.max(1, terminalColumns - 1);
  const perRow = Math.max(1, Math.min(count, Math.floor((room + gapColumns) / (widths.least + gapColumns))));
  const widest = Math.floor((room - (perRow - 1) * gapColumns) / perRow);
  const imageColumns = Math.max(1, Math.min(widths.most, widest));
  return { perRow, imageColumns, columns: perRow * imageColumns + (perRow - 1) * gapColumns };
}
