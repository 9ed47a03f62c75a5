import { fail, invalidBlock } from "./inflate-fault.ts";

/**
 * Makes of the lengths that the codes of symbols have (RFC 1951, section 3.2.2), 0 where a symbol is not used, a table
 * for decoding: by the next bits, as many as the longest code has, the symbol times 16 plus the length of its code; 0
 * where there is none.
 *
 * @throws InflateFault where there are more codes than bits can tell apart, or fewer; a single code of one bit is let
 * through, if `single` is true, and so is none at all: it is an error to use what is missing, but not to leave it out.
 */
export function huffmanTable(lengths: Uint8Array, single?: boolean): Uint16Array {
  const counts = new Uint16Array(16);
  const next = new Uint16Array(16);
  let longest = 0;
  for (const length of lengths) {
    if (length) counts[length]!++;
    longest = Math.max(longest, length);
  }
  for (let length = 1; length <= longest; length++) {
    const code = (next[length - 1]! + counts[length - 1]!) << 1;
    const unused = (1 << length) - code - counts[length]!;
    if (unused < 0 || (unused > 0 && length === longest && !(single && length === 1))) fail(invalidBlock);
    next[length] = code;
  }
  const table = new Uint16Array(1 << longest);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol]!;
    if (!length) continue;
    // The stream has the bits of a code from the most significant one on, and all else from the least significant one.
    let code = next[length]!++;
    let reversed = 0;
    for (let bit = 0; bit < length; bit++, code >>= 1) reversed = (reversed << 1) | (code & 1);
    for (; reversed < table.length; reversed += 1 << length) table[reversed] = (symbol << 4) | length;
  }
  return table;
}
