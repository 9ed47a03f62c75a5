/** How many bits the first look goes by. Longer codes are rare, and found bit by bit. */
export const fastBits = 10;

/** A Huffman code of deflate (RFC 1951, section 3.2.2), ready for decoding. */
export interface HuffmanCode {
  /** By the next ten bits: the symbol times 16 plus the length of its code; 0 where the code is longer. */
  readonly fast: Uint16Array;
  /** How many codes there are of each length. */
  readonly counts: Uint16Array;
  /** The symbols, in the order of their codes. */
  readonly symbols: Uint16Array;
}

/**
 * Makes a code out of the lengths that its symbols have; 0 for a symbol that is not used.
 *
 * @returns Undefined where there are more codes than bits can tell apart, or fewer; a single code of one bit is let
 * through, if `single` is true, and so is none at all: it is an error to use what is missing, but not to leave it out.
 */
export function huffmanCode(lengths: Uint8Array, single: boolean): HuffmanCode | undefined {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let left = 1;
  let longest = 0;
  const next = new Uint16Array(16);
  const places = new Uint16Array(16);
  for (let length = 1, code = 0, place = 0; length < 16; length++) {
    left = 2 * left - counts[length]!;
    if (left < 0) return undefined;
    if (counts[length]) longest = length;
    code = (code + counts[length - 1]!) << 1;
    next[length] = code;
    places[length] = place;
    place += counts[length]!;
  }
  if (left > 0 && longest > 0 && !(single && longest === 1)) return undefined;

  const fast = new Uint16Array(1 << fastBits);
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (length === 0) continue;
    symbols[places[length]!++] = symbol;
    const code = next[length]!++;
    if (length > fastBits) continue;
    // The stream has the bits of a code from the most significant one on, and all else from the least significant one.
    for (let index = reverse(code, length); index < fast.length; index += 1 << length)
      fast[index] = (symbol << 4) | length;
  }
  return { fast, counts, symbols };
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}
