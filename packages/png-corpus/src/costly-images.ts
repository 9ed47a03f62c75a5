import { constants, createDeflate, deflateSync, inflateRawSync } from "node:zlib";
import { beginDynamicBlock, bitWriter, canonicalCodes, type BitWriter } from "./bit-writer.ts";
import { concatenate } from "./concatenate.ts";
import { createPng } from "./create-png.ts";
import type { PngRecipe } from "./png-recipe.ts";
import { imageDataLength, scanlines } from "./scanlines.ts";

/** An image that asks for as much work as its kind can, in a file below the contract's size limit. */
export interface CostlyImage {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The zlib stream in it, for a reference that only inflates. */
  readonly compressed: Uint8Array;
  /** How many bytes it inflates to. */
  readonly length: number;
}

/** What the contract lets a file have, with room for the chunks beside IDAT. */
const mostBytes = 4 * 2 ** 20 - 1000;

/**
 * Valid images that each drive one part of a decoder as hard as it goes: blocks without content, the longest codes, the
 * longest and the shortest copies, rows of one pixel, every filter. Each is made when it is asked for, as all together
 * take much memory.
 *
 * @param scale How large they are, as a part of the largest there can be. Default: 1.
 */
export function costlyImages(scale = 1): { readonly name: string; readonly make: () => Promise<CostlyImage> }[] {
  const budget = mostBytes * scale;
  const units = [...compressedBlocks(budget), ...storedBlocks(budget), ...literals(budget), ...shortCopies(budget)];
  const byBlocks = [...units, ...longCopies(budget)].map((costly) => ({
    name: costly.name,
    recipe: costly.recipe,
    compress: async () => streamOf(costly, Math.floor(budget)),
  }));
  return [...byBlocks, ...shapes(scale), ...contents(scale)].map(({ name, recipe, compress }) => ({
    name,
    make: async () => {
      const compressed = await compress();
      return { name, compressed, bytes: createPng({ ...recipe, compressed }), length: imageDataLength(recipe) };
    },
  }));
}

interface Costly {
  readonly name: string;
  readonly recipe: PngRecipe;
  /** What comes once before all units: the header of a block, and literals to copy. Says how many bytes it makes. */
  readonly begin?: (writer: BitWriter) => number;
  /** What comes as often as there is room. */
  readonly unit: (writer: BitWriter) => void;
  /** How many bytes a unit makes. */
  readonly makes: number;
  /** Ends the block of `begin`. */
  readonly end?: (writer: BitWriter) => void;
}

/** One pixel in greyscale: two bytes. */
const onePixel: PngRecipe = { width: 1, height: 1, colorType: 0 };

/** A square in greyscale whose scanlines have about so many bytes. */
function square(bytes: number): PngRecipe {
  const side = Math.floor(Math.sqrt(Math.min(bytes, 2 ** 26))) - 1;
  return { width: side, height: side, colorType: 0 };
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
/** Lengths of codes with which every symbol has one, all about as long. */
const flat = (count: number): number[] => {
  const depth = Math.ceil(Math.log2(count));
  const long = 2 * count - 2 ** depth;
  return Array.from({ length: count }, (_, index) => (index < count - long ? depth - 1 : depth));
};
/** Lengths of codes from 1 to the longest there are, 15 bits, which most symbols have. */
const steep = (count: number): number[] => {
  const long = 2 ** Math.ceil(Math.log2(count));
  // A chain of ever longer codes uses all but the room of one; what is left of it at 15 bits is for the others.
  const chain = 15 - Math.log2(long);
  const lengths = Array.from({ length: count }, (_, index) => (index < chain ? index + 1 : 15));
  const left = long - (count - chain);
  // What the others leave over goes to the last ones, which are then shorter.
  for (let index = count - 1, over = left; over > 0; over--, index--) lengths[index] = 14;
  return lengths;
};

/** Writes the symbols of a code that is given by the lengths of all its symbols. */
function symbolWriter(lengths: readonly number[]): (writer: BitWriter, symbol: number) => void {
  const codes = canonicalCodes(lengths);
  return (writer, symbol) => writer.code(codes[symbol] ?? 0, lengths[symbol] ?? 0);
}

const endOfBlock = 256;

/** Many blocks of codes with little or nothing in them. */
function compressedBlocks(budget: number): Costly[] {
  const onlyEnd = [...zeros(256), 1];
  const dynamic = (lengths: readonly number[], distances: readonly number[]) => {
    const write = symbolWriter(lengths);
    return (writer: BitWriter): void => {
      beginDynamicBlock(writer, lengths, distances);
      write(writer, endOfBlock);
    };
  };
  const literalZero = [1, ...zeros(255), 1];
  return [
    { name: "empty dynamic blocks", recipe: onePixel, makes: 0, unit: dynamic(onlyEnd, [0]) },
    { name: "empty dynamic blocks, flat codes", recipe: onePixel, makes: 0, unit: dynamic(flat(286), flat(30)) },
    { name: "empty dynamic blocks, steep codes", recipe: onePixel, makes: 0, unit: dynamic(steep(286), steep(30)) },
    {
      name: "dynamic blocks of one byte",
      recipe: square(budget / 13),
      makes: 1,
      unit: (writer) => {
        beginDynamicBlock(writer, literalZero, [0]);
        writer.bits(0b10, 2);
      },
    },
    {
      name: "empty fixed blocks",
      recipe: onePixel,
      makes: 0,
      unit: (writer) => writer.bits(0b010, 10),
    },
    {
      name: "fixed blocks of one byte",
      recipe: square((budget * 8) / 18),
      makes: 1,
      unit: (writer) => {
        writer.bits(0b010, 3);
        writer.code(0b00110000, 8);
        writer.code(0, 7);
      },
    },
  ];
}

/** Many blocks that are not compressed. */
function storedBlocks(budget: number): Costly[] {
  return [0, 1, 9, 60].map((length) => ({
    name: `stored blocks of ${length} bytes`,
    recipe: length > 0 ? square((budget * length) / (5 + length)) : onePixel,
    makes: length,
    unit: (writer) => {
      writer.bits(0, 3);
      writer.align();
      writer.bits(length, 16);
      writer.bits(length ^ 0xffff, 16);
      for (let index = 0; index < length; index++) writer.bits(index & 3, 8);
    },
  }));
}

/** Writes a symbol in the code that need not be stated (RFC 1951, section 3.2.6). */
function writeFixed(writer: BitWriter, symbol: number): void {
  if (symbol < 144) writer.code(48 + symbol, 8);
  else if (symbol < 280) writer.code(symbol - 256, 7);
  else writer.code(symbol - 88, 8);
}

function beginFixed(writer: BitWriter): number {
  writer.bits(0b010, 3);
  // Something to copy: every byte may be a filter type.
  for (let index = 0; index < 32_768; index++) writeFixed(writer, (index * index) & 3);
  return 32_768;
}

function endFixed(writer: BitWriter): void {
  writeFixed(writer, endOfBlock);
}

/** One block of many literals. */
function literals(budget: number): Costly[] {
  const longest = steep(286).toReversed();
  const write = symbolWriter(longest);
  return [
    {
      name: "literals of 15 bits",
      recipe: square((budget * 8) / 15),
      begin: (writer) => {
        beginDynamicBlock(writer, longest, [0]);
        return 0;
      },
      makes: 1,
      unit: (writer) => write(writer, 3),
      end: (writer) => write(writer, endOfBlock),
    },
    {
      name: "literals of 8 bits",
      recipe: square(budget - 40_000),
      begin: beginFixed,
      makes: 1,
      unit: (writer) => writeFixed(writer, 2),
      end: endFixed,
    },
  ];
}

/** One block of many short copies. */
function shortCopies(budget: number): Costly[] {
  const distances = [
    { code: 0, extra: 0, bits: 0 },
    { code: 3, extra: 0, bits: 0 },
    { code: 29, extra: 8191, bits: 13 },
  ];
  return [
    ...distances.map(({ code, extra, bits }): Costly => ({
      name: `copies of 3 bytes, distance code ${code}`,
      recipe: square((3 * budget * 8) / (12 + bits) - 40_000),
      begin: beginFixed,
      makes: 3,
      unit: (writer) => {
        writeFixed(writer, 257);
        writer.code(code, 5);
        if (bits > 0) writer.bits(extra, bits);
      },
      end: endFixed,
    })),
    {
      name: "copies of 11 bytes and literals by turns",
      recipe: square((12 * budget * 8) / 34 - 40_000),
      begin: beginFixed,
      makes: 12,
      unit: (writer) => {
        writeFixed(writer, 265);
        writer.bits(0, 1);
        writer.code(25, 5);
        writer.bits(77, 11);
        writeFixed(writer, 1);
      },
      end: endFixed,
    },
  ];
}

/** One block of many copies as long as they can be: codes of one bit for the length 258, and one for a distance. */
function longCopies(budget: number): Costly[] {
  const lengths = [4, 4, 3, 3, ...zeros(252), 3, ...zeros(28), 1];
  const write = symbolWriter(lengths);
  const distances = [
    { distance: 1, code: 0, extra: 0, bits: 0 },
    { distance: 2, code: 1, extra: 0, bits: 0 },
    { distance: 3, code: 2, extra: 0, bits: 0 },
    { distance: 7, code: 5, extra: 0, bits: 1 },
    { distance: 64, code: 11, extra: 15, bits: 4 },
    { distance: 300, code: 16, extra: 43, bits: 7 },
    { distance: 32_768, code: 29, extra: 8191, bits: 13 },
  ];
  return distances.map(({ distance, code, extra, bits }) => ({
    name: `copies of 258 bytes, distance ${distance}`,
    recipe: square((258 * 8 * (budget - 20_000)) / (2 + bits)),
    makes: 258,
    begin: (writer) => {
      beginDynamicBlock(writer, lengths, [...zeros(code), 1]);
      for (let index = 0; index < distance; index++) write(writer, (index * index + (index >> 3)) & 3);
      return distance;
    },
    unit: (writer) => {
      write(writer, 285);
      writer.bits(0, 1);
      if (bits > 0) writer.bits(extra, bits);
    },
    end: (writer) => write(writer, endOfBlock),
  }));
}

/** Writes as many units as there is room for in the file and in the image, and makes up the rest with zeros. */
function streamOf({ recipe, begin, unit, makes, end }: Costly, budget: number): Uint8Array {
  const length = imageDataLength(recipe);
  const writer = bitWriter(budget + 1000);
  let made = begin?.(writer) ?? 0;
  for (; writer.length < budget - 1000 && made + makes <= length; made += makes) unit(writer);
  end?.(writer);
  // The rest: a fixed block of zeros, by the longest copies.
  writer.bits(0b011, 3);
  for (; made < length && (length - made < 259 || made === 0); made++) writer.code(0b00110000, 8);
  for (; length - made >= 259; made += 258) {
    writer.code(0b11000101, 8);
    writer.code(0, 5);
  }
  for (; made < length; made++) writer.code(0b00110000, 8);
  writer.code(0, 7);
  const stream = writer.zlib();
  return concatenate(stream, checksum(inflateRawSync(stream.subarray(2), { chunkSize: length + 64 })));
}

/** The Adler-32 at the end of a zlib stream. */
function checksum(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 1 }).subarray(-4);
}

interface Shaped {
  readonly name: string;
  readonly recipe: PngRecipe;
  readonly compress: () => Promise<Uint8Array> | Uint8Array;
}

/** Giants of zeros, in every shape. */
function shapes(scale: number): Shaped[] {
  const pixels = Math.floor(2 ** 26 * scale);
  const side = Math.floor(Math.sqrt(pixels));
  const recipes: { readonly [name: string]: PngRecipe } = {
    "1 bit, square": { width: side, height: side, bitDepth: 1, colorType: 0 },
    "8 bits, square": { width: side, height: side, bitDepth: 8, colorType: 0 },
    "64 bits, square": { width: side, height: side, bitDepth: 16, colorType: 6 },
    "64 bits, interlaced": { width: side, height: side, bitDepth: 16, colorType: 6, interlaceMethod: 1 },
    "1 bit, interlaced": { width: side, height: side, bitDepth: 1, colorType: 0, interlaceMethod: 1 },
    "1 pixel wide": { width: 1, height: pixels, bitDepth: 1, colorType: 0 },
    "1 pixel wide, interlaced": { width: 1, height: pixels, bitDepth: 1, colorType: 0, interlaceMethod: 1 },
    "5 pixels wide, interlaced": { width: 5, height: Math.floor(pixels / 5), colorType: 0, interlaceMethod: 1 },
    "1 pixel high": { width: pixels, height: 1, bitDepth: 1, colorType: 0 },
    "1 pixel high, interlaced": { width: pixels, height: 1, colorType: 0, interlaceMethod: 1 },
    "indexed, 1 of 2 colors": { width: side, height: side, bitDepth: 1, colorType: 3, paletteEntries: 1 },
    "indexed, 200 of 256 colors": { width: side, height: side, bitDepth: 8, colorType: 3, paletteEntries: 200 },
  };
  return Object.entries(recipes).map(([name, recipe]) => ({
    name: `zeros, ${name}`,
    recipe,
    compress: () => deflateZeros(imageDataLength(recipe)),
  }));
}

/** Compresses zeros piece by piece, so that there need not be memory for all of them. */
async function deflateZeros(length: number): Promise<Uint8Array> {
  const deflate = createDeflate({ level: 9 });
  const piece = new Uint8Array(2 ** 20);
  const write = async (): Promise<void> => {
    for (let left = length; left > 0; left -= piece.length) {
      if (!deflate.write(piece.subarray(0, Math.min(left, piece.length)))) {
        await new Promise((resolve) => deflate.once("drain", resolve));
      }
    }
    deflate.end();
  };
  const pieces: Uint8Array[] = [];
  const writing = write();
  for await (const compressed of deflate) pieces.push(compressed as Uint8Array);
  await writing;
  return concatenate(...pieces);
}

/** Images with content: patterns behind every filter, noise, and what a photograph is like. */
function contents(scale: number): Shaped[] {
  const side = Math.floor(1020 * Math.sqrt(scale));
  const noisy: PngRecipe = { width: side, height: side, colorType: 6 };
  const indexed: PngRecipe = { width: 2 * side, height: 2 * side, colorType: 3, paletteEntries: 200 };
  const four: PngRecipe = { ...indexed, bitDepth: 4, paletteEntries: 9 };
  return [
    { name: "noise", recipe: noisy, compress: () => deflateSync(noise(noisy, 256)) },
    { name: "noise, stored", recipe: noisy, compress: () => deflateSync(noise(noisy, 256), { level: 0 }) },
    { name: "noise of few values", recipe: noisy, compress: () => deflateSync(noise(noisy, 12)) },
    {
      name: "noise of few values, Huffman only",
      recipe: noisy,
      compress: () => deflateSync(noise(noisy, 100), { strategy: constants.Z_HUFFMAN_ONLY }),
    },
    { name: "pattern behind all filters", recipe: noisy, compress: () => deflateSync(scanlines(noisy)) },
    {
      name: "pattern, blocks of few bytes",
      recipe: noisy,
      compress: () => deflateSync(scanlines(noisy), { memLevel: 1 }),
    },
    ...[0, 1, 2, 3, 4].flatMap((filter) =>
      [indexed, four].map((recipe) => ({
        name: `indexed, ${recipe.bitDepth ?? 8} bits, filter ${filter}`,
        recipe,
        compress: () => deflateSync(filtered(recipe, filter, stripes(recipe.bitDepth === 4 ? 0x11 : 20))),
      })),
    ),
    ...[1, 2, 3, 4].map((filter) => ({
      name: `indexed noise, filter ${filter}`,
      recipe: indexed,
      compress: () => deflateSync(filtered(indexed, filter, hash), { level: 0 }),
    })),
  ];
}

/** Random bytes below a limit, behind filters of every type. */
function noise(recipe: PngRecipe, values: number): Uint8Array {
  const row = imageDataLength({ ...recipe, height: 1 });
  let state = 1;
  return Uint8Array.from({ length: imageDataLength(recipe) }, (_, index) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return index % row ? (state >>> 16) % values : (index / row) % 5;
  });
}

/** A byte of a scanline by its column, from 1 on, and its row. */
type Pattern = (x: number, y: number) => number;

/** Indices that differ from pixel to pixel, in a pattern that compresses well. */
function stripes(step: number): Pattern {
  return (x, y) => ((x * 7 + y * 3) & 7) * step;
}

/** Indices below 200 that can't be foreseen. */
const hash: Pattern = (x, y) => (Math.imul(x * 4099 + y, 0x9e3779b1) >>> 16) % 200;

/** A pattern behind one filter (section 9.2). */
function filtered(recipe: PngRecipe, filter: number, pattern: Pattern): Uint8Array {
  const row = imageDataLength({ ...recipe, height: 1 });
  const plain: Pattern = (x, y) => (x > 0 && y >= 0 ? pattern(x, y) : 0);
  return Uint8Array.from({ length: imageDataLength(recipe) }, (_, index) => {
    const [x, y] = [index % row, Math.floor(index / row)];
    if (x === 0) return filter;
    const [left, up, corner] = [plain(x - 1, y), plain(x, y - 1), plain(x - 1, y - 1)];
    const predicted = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
    return plain(x, y) - predicted;
  });
}

/** The Paeth predictor (section 9.4). */
function nearest(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const distance = (value: number): number => Math.abs(estimate - value);
  return [left, up, corner].reduce((best, value) => (distance(value) < distance(best) ? value : best));
}
