/** Image data, as bytes and as words at any offset. */
export interface ScanlineData {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** A scanline in the image data. */
export interface Scanline {
  /** Where its pixels begin, behind the filter type, and where they end. */
  readonly start: number;
  readonly end: number;
  /** Where the pixels of the scanline above begin, unless it is the first one of a pass, which has zeros above it. */
  readonly above: number;
  readonly isFirst: boolean;
}

/**
 * Undoes the filter of a scanline in place (section 9.2), for pixels of at most one byte: the pixel to the left is one byte
 * away. The filter of the scanline above has been undone before.
 */
export function unfilter(data: ScanlineData, filter: number, scanline: Scanline): void {
  const { isFirst } = scanline;
  // With zeros above, Up adds nothing, and Paeth's predictor is the pixel to the left.
  if (filter === 1 || (filter === 4 && isFirst)) addLeft(data, scanline);
  else if (filter === 2 && !isFirst) addUp(data, scanline);
  else if (filter === 3) addAverage(data, scanline);
  else if (filter === 4) addPaeth(data, scanline);
}

function addLeft({ bytes }: ScanlineData, { start, end }: Scanline): void {
  let left = 0;
  for (let index = start; index < end; index++) bytes[index] = left = ((bytes[index] ?? 0) + left) & 255;
}

/** Adds four bytes at a time: their lower seven bits, so that nothing is carried into the next byte, then the highest. */
function addUp({ bytes, view }: ScanlineData, { start, end, above }: Scanline): void {
  let index = start;
  let up = above;
  for (; index + 4 <= end; index += 4, up += 4) {
    const word = view.getInt32(index, true);
    const upper = view.getInt32(up, true);
    view.setInt32(index, ((word & 0x7f7f7f7f) + (upper & 0x7f7f7f7f)) ^ ((word ^ upper) & 0x80808080), true);
  }
  for (; index < end; index++, up++) bytes[index] = (bytes[index] ?? 0) + (bytes[up] ?? 0);
}

function addAverage({ bytes }: ScanlineData, { start, end, above, isFirst }: Scanline): void {
  let left = 0;
  for (let index = start, up = above; index < end; index++, up++) {
    const upper = isFirst ? 0 : (bytes[up] ?? 0);
    bytes[index] = left = ((bytes[index] ?? 0) + ((left + upper) >> 1)) & 255;
  }
}

function addPaeth({ bytes }: ScanlineData, { start, end, above }: Scanline): void {
  let left = 0;
  let corner = 0;
  for (let index = start, up = above; index < end; index++, up++) {
    const upper = bytes[up] ?? 0;
    bytes[index] = left = ((bytes[index] ?? 0) + paeth(left, upper, corner)) & 255;
    corner = upper;
  }
}

/**
 * The neighbor that is nearest to left + up - corner; of two equally near, the first in the order left, up, corner. The
 * same without three distances: the nearer the corner is to the greater of left and up, the nearer the sum is to the
 * lesser, and the other way round.
 */
function paeth(left: number, up: number, corner: number): number {
  // Which of the two is less can't be foreseen in noise, where a branch here takes twice the time.
  const belowUp = ((left - up) >> 31) & (left - up);
  const least = up + belowUp;
  const greatest = left - belowUp;
  const threshold = 3 * corner - left - up;
  if (greatest <= threshold) return least;
  return threshold <= least ? greatest : corner;
}
