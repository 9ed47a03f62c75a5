import { uint32 } from "../read-bytes.ts";
import { adler32 } from "./adler32.ts";
import { codeLengthOrder, codeLengthTable, dynamicTables, fixedTables, type CodeTables } from "./code-tables.ts";
import { copyKind, endKind, literalKind, subtableKind, type HuffmanTable } from "./huffman-table.ts";

const historyLength = 32_768;
/** The length of output up to which one more copy, or one more piece of a stored block, fits: 3 * historyLength. */
const room = 98_304;
/** The number of bytes required after a stream, of any value: they are read ahead, and never used. */
export const inputPadding = 16;
/** The bits that can be held: numbers of 31 bits are faster than larger ones. */
const holdMask = 0x3fffffff;
/** The work of one step, in about nanoseconds, unless its output ends it before. */
const stepWork = 500_000;

/** The length above which a copy is moved as a whole, if possible. */
const longCopy = 40;

/** The work of a block apart from its content, in the same unit. */
const blockWork = 20;
const tableWork = 2000;

/** The stream ends too early; a fault completes the sentence `The zlib stream …`. */
export const earlyEnd = "ends early";
/** Its checksum is not that of its output. */
export const wrongChecksum = "has a wrong checksum";
const invalidBlock = "has an invalid block";
const invalidCode = "has an invalid code";
const distantCopy = "copies from too far back";

/** What is wrong with a zlib stream: ends inflating from wherever it is. */
class InflateFault extends Error {}

/** What is to be inflated. */
export interface InflaterInput {
  /** The zlib stream, and `inputPadding` bytes at least behind it. */
  readonly input: Uint8Array;
  /** How many bytes the stream has, with whatever it has after its end. */
  readonly length: number;
  /** How far back it may copy from, as its header declares. */
  readonly windowSize: number;
}

/**
 * Inflates a zlib stream (RFC 1950 and 1951) behind its two bytes of header, as strictly as the two say, and with the
 * window that the header declares: the zlib of each runtime accepts one or another fault.
 *
 * It works step by step in memory of a fixed size, and no step takes much longer than another, whatever the stream
 * contains.
 */
export class Inflater {
  /** Whether the stream has come to its end, or to a fault. */
  ended = false;
  /** What is wrong with the stream, as far as it has been read. */
  fault: string | undefined;
  /** How many bytes of the input have been read. */
  position = 2;

  readonly #input: Uint8Array;
  readonly #view: DataView;
  readonly #length: number;
  readonly #windowSize: number;
  readonly #output: Uint8Array<ArrayBuffer> = new Uint8Array(4 * historyLength + inputPadding);
  readonly #outputView: DataView = new DataView(this.#output.buffer);
  readonly #codeLengths: Uint8Array<ArrayBuffer> = new Uint8Array(320);
  readonly #codeLengthTable: HuffmanTable = codeLengthTable();
  readonly #fixed: CodeTables = fixedTables();
  readonly #dynamic: CodeTables = dynamicTables();
  /** The bits that were read from the input and are not used yet, and how many there are. */
  #hold = 0;
  #held = 0;
  /** Where the output ends, where the part of it begins that is not handed out yet, and what was handed out before. */
  #end = 0;
  #flushed = 0;
  #total = 0;
  #checksum = 1;
  /** The block that is being read: whether it is the last one, its tables, or how much of it is left to copy. */
  #isLast = false;
  #tables: CodeTables | undefined;
  #stored = 0;
  /** The distance of the last long copies in a row, and where the bytes that repeat at it begin and end. */
  #period = 0;
  #periodStart = 0;
  #periodEnd = 0;

  constructor({ input, length, windowSize }: InflaterInput) {
    this.#input = input;
    this.#view = new DataView(input.buffer, input.byteOffset, input.byteLength);
    this.#length = length;
    this.#windowSize = windowSize;
  }

  /** Goes on for a fraction of a millisecond, and returns the output of it, which is valid until the next step. */
  step(): Uint8Array {
    if (this.#end > room) {
      this.#output.copyWithin(0, this.#end - historyLength, this.#end);
      this.#end = this.#flushed = historyLength;
      this.#periodEnd = 0;
    }
    try {
      let work = 0;
      while (!this.ended && this.#end <= room && work < stepWork) {
        if (this.#stored > 0) this.#copyStored();
        else if (this.#tables) this.#decode(this.#tables);
        else if (this.#isLast) this.ended = true;
        else work += this.#beginBlock();
      }
    } catch (error) {
      if (!(error instanceof InflateFault)) throw error;
      this.fault = error.message;
      this.ended = true;
    }
    const piece = this.#flush();
    if (this.ended && this.fault === undefined) this.#checkSum();
    return piece;
  }

  #flush(): Uint8Array {
    const piece = this.#output.subarray(this.#flushed, this.#end);
    this.#flushed = this.#end;
    this.#total += piece.length;
    this.#checksum = adler32(piece, this.#checksum);
    return piece;
  }

  #checkSum(): void {
    this.#alignToByte();
    this.position += 4;
    if (this.position > this.#length) this.fault = earlyEnd;
    else if (uint32(this.#input, this.position - 4) !== this.#checksum) this.fault = wrongChecksum;
  }

  /** Reads the header of a block, and returns how much work it was. */
  #beginBlock(): number {
    const header = this.#bits(3);
    this.#isLast = (header & 1) === 1;
    const type = header >> 1;
    if (type === 0) {
      this.#alignToByte();
      const lengths = this.#view.getInt32(this.position, true);
      this.position += 4;
      if (this.position > this.#length) fail(earlyEnd);
      this.#stored = lengths & 0xffff;
      if ((this.#stored ^ (lengths >>> 16)) !== 0xffff) fail(invalidBlock);
      return blockWork;
    }
    if (type === 3) fail(invalidBlock);
    if (type === 1) {
      this.#tables = this.#fixed;
      return blockWork;
    }
    this.#readTables();
    this.#tables = this.#dynamic;
    return tableWork;
  }

  /** Reads the codes of a dynamic block (RFC 1951, section 3.2.7). */
  #readTables(): void {
    const lengths = this.#codeLengths;
    const table = this.#codeLengthTable;
    const literals = this.#bits(5) + 257;
    const all = literals + this.#bits(5) + 1;
    const count = this.#bits(4) + 4;
    if (literals > 286 || all - literals > 30) fail(invalidBlock);
    lengths.fill(0, 0, 19);
    for (let index = 0; index < count; index++) lengths[codeLengthOrder[index] ?? 0] = this.#bits(3);
    if (!table.fill(lengths, 0, 19)) fail(invalidBlock);
    for (let index = 0, value = 0; index < all;) {
      const symbol = this.#codeLengthSymbol();
      let times = 1;
      if (symbol < 16) value = symbol;
      else if (symbol === 16) {
        if (index === 0) fail(invalidBlock);
        times = 3 + this.#bits(2);
      } else {
        value = 0;
        times = symbol === 17 ? 3 + this.#bits(3) : 11 + this.#bits(7);
      }
      if (index + times > all) fail(invalidBlock);
      for (const stop = index + times; index < stop; index++) lengths[index] = value;
    }
    const isCode =
      lengths[256] !== 0 &&
      this.#dynamic.literals.fill(lengths, 0, literals) &&
      this.#dynamic.distances.fill(lengths, literals, all);
    if (!isCode) fail(invalidBlock);
  }

  #codeLengthSymbol(): number {
    const { entries, bits } = this.#codeLengthTable;
    this.#refill();
    const entry = entries[this.#hold & ((1 << bits) - 1)] ?? 0;
    this.#bits(entry & 15);
    return entry >> 12;
  }

  /** Takes as many whole bytes as there is room for: then there are 23 bits at least. */
  #refill(): void {
    // What is beyond 30 bits comes again with the next bytes.
    this.#hold |= (this.#view.getInt32(this.position, true) << this.#held) & holdMask;
    this.position += (30 - this.#held) >> 3;
    this.#held += (30 - this.#held) & 24;
  }

  /** The next bits, at most 16, as a number, the first one least. */
  #bits(count: number): number {
    if (this.#held < count) this.#refill();
    const value = this.#hold & ((1 << count) - 1);
    this.#hold >>= count;
    this.#held -= count;
    if (this.position > this.#length) this.#checkEnd();
    return value;
  }

  /** What was read beyond the end may not be used. */
  #checkEnd(): void {
    if (this.position - (this.#held >> 3) > this.#length) fail(earlyEnd);
  }

  /** Gives back the whole bytes that were read ahead, and drops what is left of the last one. */
  #alignToByte(): void {
    this.position -= this.#held >> 3;
    this.#hold = 0;
    this.#held = 0;
  }

  /** Copies from a stored block: all of it, or as much as there is room for. */
  #copyStored(): void {
    const input = this.#input;
    const view = this.#view;
    const output = this.#output;
    const end = this.#end;
    const { position } = this;
    const count = Math.min(this.#stored, this.#length - position, historyLength);
    if (count <= 0) fail(earlyEnd);
    if (count > 200) output.set(input.subarray(position, position + count), end);
    else {
      // There is room on both sides for what is copied too much.
      for (let index = 0; index < count; index += 4) {
        this.#outputView.setInt32(end + index, view.getInt32(position + index, true), true);
      }
    }
    this.#end += count;
    this.position += count;
    this.#stored -= count;
  }

  /**
   * Decodes symbols until the block ends, or there is no room for the longest copy.
   *
   * One loop with all state in local variables: split in steps that keep it in fields, short copies take twice as long.
   */
  #decode({ literals, distances }: CodeTables): void {
    const view = this.#view;
    const inputLength = this.#length;
    const output = this.#output;
    const windowSize = this.#windowSize;
    const { entries: literalEntries, bits: literalBits } = literals;
    const { entries: distanceEntries, bits: distanceBits } = distances;
    const literalMask = (1 << literalBits) - 1;
    const distanceMask = (1 << distanceBits) - 1;
    const before = this.#total - this.#flushed;
    let hold = this.#hold;
    let held = this.#held;
    let end = this.#end;
    let { position } = this;
    let fault: string | undefined;
    while (end <= room) {
      hold |= (view.getInt32(position, true) << held) & holdMask;
      position += (30 - held) >> 3;
      held += (30 - held) & 24;
      let entry = literalEntries[hold & literalMask]!;
      if (entry & subtableKind) {
        const mask = (1 << ((entry >> 4) & 15)) - 1;
        entry = literalEntries[(entry >> 12) + ((hold >> literalBits) & mask)]!;
      }
      hold >>= entry & 15;
      held -= entry & 15;
      if (position > inputLength && position - (held >> 3) > inputLength) {
        fault = earlyEnd;
        break;
      }
      if (entry & literalKind) {
        output[end++] = entry >> 12;
        continue;
      }
      if (!(entry & copyKind)) {
        if (entry & endKind) this.#tables = undefined;
        else fault = invalidCode;
        break;
      }
      let extra = (entry >> 4) & 15;
      const stop = end + (entry >> 12) + (hold & ((1 << extra) - 1));
      hold >>= extra;
      held -= extra;
      hold |= (view.getInt32(position, true) << held) & holdMask;
      position += (30 - held) >> 3;
      held += (30 - held) & 24;
      entry = distanceEntries[hold & distanceMask]!;
      if (entry & subtableKind) {
        const mask = (1 << ((entry >> 4) & 15)) - 1;
        entry = distanceEntries[(entry >> 12) + ((hold >> distanceBits) & mask)]!;
      }
      hold >>= entry & 15;
      held -= entry & 15;
      extra = (entry >> 4) & 15;
      if (held < extra) {
        hold |= (view.getInt32(position, true) << held) & holdMask;
        position += (30 - held) >> 3;
        held += (30 - held) & 24;
      }
      const distance = (entry >> 12) + (hold & ((1 << extra) - 1));
      hold >>= extra;
      held -= extra;
      if (position > inputLength && position - (held >> 3) > inputLength) fault = earlyEnd;
      else if (!(entry & copyKind)) fault = invalidCode;
      else if (distance > windowSize || distance > before + end) fault = distantCopy;
      if (fault !== undefined) break;
      if (stop - end <= longCopy || !this.#moveLongCopy(end, stop, distance)) {
        // There is room after it for the bytes that are copied beyond the end.
        for (let to = end, from = end - distance; to < stop; to += 4, from += 4) {
          output[to] = output[from]!;
          output[to + 1] = output[from + 1]!;
          output[to + 2] = output[from + 2]!;
          output[to + 3] = output[from + 3]!;
        }
      }
      end = stop;
    }
    this.position = position;
    this.#hold = hold;
    this.#held = held;
    this.#end = end;
    if (fault !== undefined) fail(fault);
  }

  /**
   * Moves a long copy as a whole, if the bytes before it repeat far enough: after copies from the same distance, every
   * multiple of it leads to the same bytes, and one that is longer than the copy makes it a single move.
   */
  #moveLongCopy(end: number, stop: number, distance: number): boolean {
    if (distance !== this.#period || end !== this.#periodEnd) {
      this.#period = distance;
      this.#periodStart = end - distance;
    }
    this.#periodEnd = stop;
    const repeated = end - this.#periodStart;
    const back = repeated - (repeated % distance);
    if (back < stop - end) return false;
    this.#output.copyWithin(end, end - back, stop - back);
    return true;
  }
}

function fail(fault: string): never {
  throw new InflateFault(fault);
}
