import { copyKind, endKind, HuffmanTable, literalKind } from "./huffman-table.ts";

/** The tables of a block that is compressed: for literals and lengths, and for distances. */
export interface CodeTables {
  readonly literals: HuffmanTable;
  readonly distances: HuffmanTable;
}

/** The order in which a block states the lengths of the codes for lengths (RFC 1951, section 3.2.7). */
export const codeLengthOrder: readonly number[] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Literals, the end of a block, and lengths from 3 to 258 (section 3.2.5); the last two symbols are never used. */
const literalSymbols = /* @__PURE__ */ Int32Array.from({ length: 288 }, (_, symbol) => {
  if (symbol < 256) return (symbol << 12) | literalKind;
  if (symbol === 256) return endKind;
  if (symbol === 285) return (258 << 12) | copyKind;
  return symbol < 285 ? copyEntry(symbol - 257, 2, 3) : 0;
});

/** Distances from 1 to 32768; the last two symbols are never used. */
const distanceSymbols = /* @__PURE__ */ Int32Array.from({ length: 32 }, (_, symbol) =>
  symbol < 30 ? copyEntry(symbol, 1, 1) : 0,
);

const codeLengthSymbols = /* @__PURE__ */ Int32Array.from({ length: 19 }, (_, symbol) => (symbol << 12) | literalKind);

/**
 * The entry of a length or a distance: from some code on, every `2 ** shift` codes have one extra bit more.
 *
 * @param least The value of the first code.
 */
function copyEntry(code: number, shift: number, least: number): number {
  const extra = Math.max(0, (code >> shift) - 1);
  const value = extra === 0 ? code : ((1 << shift) + (code & ((1 << shift) - 1))) << extra;
  return ((value + least) << 12) | copyKind | (extra << 4);
}

/** Tables that are to be filled, one block after the other. */
export function dynamicTables(): CodeTables {
  return {
    literals: new HuffmanTable({ symbols: literalSymbols, firstBits: 10, size: 1334, mayBeIncomplete: true }),
    distances: new HuffmanTable({ symbols: distanceSymbols, firstBits: 8, size: 402, mayBeIncomplete: true }),
  };
}

/** The table for the lengths of a block's codes, to be filled. */
export function codeLengthTable(): HuffmanTable {
  return new HuffmanTable({ symbols: codeLengthSymbols, firstBits: 7, size: 128, mayBeIncomplete: false });
}

/** The codes that need not be stated (RFC 1951, section 3.2.6). */
export function fixedTables(): CodeTables {
  const tables = dynamicTables();
  tables.literals.fill(new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280), 0, 288);
  tables.distances.fill(new Uint8Array(32).fill(5), 0, 32);
  return tables;
}
