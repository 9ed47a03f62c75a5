/**
 * Undoes the filter of a scanline in place (section 9.2), for pixels of at most one byte: the pixel to the left is one byte
 * away.
 *
 * @param above The scanline above, without its filter; zeros for the first one of a pass.
 */
export function unfilter(filter: number, row: Uint8Array, above: Uint8Array): void {
  const { length } = row;
  let left = 0;
  if (filter === 1) {
    for (let index = 0; index < length; index++) row[index] = left = ((row[index] ?? 0) + left) & 255;
  } else if (filter === 2) {
    for (let index = 0; index < length; index++) row[index] = (row[index] ?? 0) + (above[index] ?? 0);
  } else if (filter === 3) {
    for (let index = 0; index < length; index++) {
      row[index] = left = ((row[index] ?? 0) + ((left + (above[index] ?? 0)) >> 1)) & 255;
    }
  } else if (filter === 4) {
    let corner = 0;
    for (let index = 0; index < length; index++) {
      const up = above[index] ?? 0;
      row[index] = left = ((row[index] ?? 0) + paeth(left, up, corner)) & 255;
      corner = up;
    }
  }
}

/** The neighbor that is nearest to left + up - corner; of two equally near, the first in this order. */
function paeth(left: number, up: number, corner: number): number {
  if (up === corner) return left;
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
