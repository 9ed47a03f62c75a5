import { constants, deflateSync } from "node:zlib";
import { animation } from "./animation.ts";
import { chunk } from "./chunk.ts";
import { concatenate } from "./concatenate.ts";
import { createPng } from "./create-png.ts";
import type { ImageFile } from "./image-file.ts";
import type { PngRecipe } from "./png-recipe.ts";
import { scanlines } from "./scanlines.ts";

/** The bit depths that each color type can have (section 11.2.1). */
export const bitDepths: { readonly [colorType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** Files in which there is nothing to find, not even a warning; all of them square. */
export function validImages(): ImageFile[] {
  return [...shapes(), ...compressions(), ...ancillaries()].map(([name, recipe]) => ({
    name,
    bytes: createPng(recipe),
  }));
}

type Named = readonly [name: string, recipe: PngRecipe];

/** Every color type with every bit depth, interlaced and not, in every size from 1 to 33. */
function shapes(): Named[] {
  const recipes: Named[] = [];
  for (const [colorType, depths] of Object.entries(bitDepths)) {
    for (const bitDepth of depths) {
      for (const interlaceMethod of [0, 1]) {
        for (let size = 1; size <= 33; size++) {
          const name = `type ${colorType}, ${bitDepth} bits, interlace ${interlaceMethod}, ${size}x${size}`;
          recipes.push([name, { colorType: Number(colorType), bitDepth, interlaceMethod, width: size, height: size }]);
        }
      }
    }
  }
  for (const bitDepth of [1, 2, 4, 8]) {
    for (let paletteEntries = 1; paletteEntries <= 2 ** bitDepth; paletteEntries += bitDepth) {
      for (const interlaceMethod of [0, 1]) {
        const name = `${paletteEntries} colors, ${bitDepth} bits, interlace ${interlaceMethod}`;
        recipes.push([name, { colorType: 3, bitDepth, paletteEntries, interlaceMethod, width: 13, height: 13 }]);
      }
    }
  }
  return recipes;
}

/** Every way to compress, and to divide what is compressed. */
function compressions(): Named[] {
  const raw = scanlines({ width: 64, height: 64 });
  const recipes: Named[] = [];
  const add = (name: string, recipe: PngRecipe): number =>
    recipes.push([name, { width: 64, height: 64, raw, ...recipe }]);
  for (let level = 0; level <= 9; level++) add(`level ${level}`, { compressed: deflateSync(raw, { level }) });
  for (let windowBits = 9; windowBits <= 15; windowBits++) {
    add(`window of 2^${windowBits}`, { compressed: deflateSync(raw, { windowBits }) });
  }
  const { Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;
  for (const [name, strategy] of Object.entries({ Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED })) {
    add(name, { compressed: deflateSync(raw, { strategy }) });
  }
  for (let memLevel = 1; memLevel <= 9; memLevel += 4)
    add(`memory ${memLevel}`, { compressed: deflateSync(raw, { memLevel }) });
  for (const idatBytes of [1, 2, 3, 7, 100, 1000]) add(`IDATs of ${idatBytes} bytes`, { idatBytes });
  const compressed = deflateSync(raw);
  add("a whole stream after an empty IDAT", { beforeData: [chunk("IDAT")], compressed });
  add("empty IDATs at the end", { compressed, afterData: [chunk("IDAT"), chunk("IDAT")] });
  recipes.push(["large and all the same", { width: 600, height: 600, raw: new Uint8Array(600 * 1801) }]);
  recipes.push(["large and interlaced", { width: 300, height: 300, colorType: 6, interlaceMethod: 1 }]);
  recipes.push(["large and indexed", { width: 300, height: 300, colorType: 3, bitDepth: 4, paletteEntries: 9 }]);
  return recipes;
}

const byteList = (...values: number[]): Uint8Array => Uint8Array.from(values);
const text = (value: string): Uint8Array => Uint8Array.from(value, (character) => character.charCodeAt(0));

/** Data of every ancillary chunk, by where the chunk may come. */
function chunkData() {
  const beforePalette = {
    cHRM: uint32s(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000),
    cICP: byteList(1, 13, 0, 1),
    gAMA: byteList(0, 0, 0xb1, 0x8f),
    iCCP: concatenate(text("profile\0\0"), deflateSync(colorProfile())),
    mDCV: new Uint8Array(24).fill(1),
    cLLI: new Uint8Array(8).fill(1),
    sBIT: byteList(8, 8, 8),
    sRGB: byteList(0),
  };
  const afterPalette = { bKGD: new Uint8Array(6), tRNS: new Uint8Array(6) };
  const beforeData = {
    eXIf: text("MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    pHYs: byteList(0, 0, 0x0b, 0x13, 0, 0, 0x0b, 0x13, 1),
    sPLT: concatenate(text("palette\0"), byteList(8, 1, 2, 3, 255, 0, 1)),
  };
  const anywhere = {
    tIME: byteList(0x07, 0xea, 11, 23, 12, 0, 0),
    iTXt: text("Title\0\0\0en\0Titel\0otter"),
    tEXt: text("Title\0otter"),
    zTXt: concatenate(text("Title\0\0"), deflateSync(text("otter"))),
    tpNG: text("private to the program that wrote it"),
  };
  return { beforePalette, afterPalette, beforeData, anywhere };
}

/** Every ancillary chunk of the specification, where it belongs. */
function ancillaries(): Named[] {
  const { beforePalette, afterPalette, beforeData, anywhere } = chunkData();
  const chunks = (named: { readonly [type: string]: Uint8Array }): Uint8Array[] =>
    Object.entries(named).map(([type, data]) => chunk(type, data));
  const single = (
    where: "beforePalette" | "beforeData" | "afterData",
    named: { [type: string]: Uint8Array },
  ): Named[] => Object.entries(named).map(([type, data]) => [`${type}, ${where}`, { [where]: [chunk(type, data)] }]);
  const { sRGB, ...withProfile } = beforePalette;
  return [
    ...single("beforePalette", { ...beforePalette, ...afterPalette, ...beforeData, ...anywhere }),
    ...single("beforeData", { ...afterPalette, ...beforeData, ...anywhere }),
    ...single("afterData", anywhere),
    ["sRGB without iCCP, and PLTE", { paletteEntries: 7, beforePalette: [chunk("sRGB", sRGB)] }],
    [
      "all at once",
      {
        paletteEntries: 7,
        beforePalette: chunks(withProfile),
        beforeData: [
          ...chunks({ ...afterPalette, hIST: new Uint8Array(14), ...beforeData }),
          ...chunks(anywhere),
          ...chunks(anywhere).slice(1),
        ],
        afterData: chunks(anywhere).slice(1),
      },
    ],
    [
      "hIST and tRNS of an indexed image",
      { colorType: 3, bitDepth: 2, beforeData: [chunk("hIST", new Uint8Array(8)), chunk("tRNS", byteList(0, 128))] },
    ],
    ["an animation that begins with the image", animation({ includesImage: true })],
    ["an animation without the image", animation({ includesImage: false })],
  ];
}

/** A color profile in the ICC's format 2.1, for RGB, with one tag, whose content means nothing. */
function colorProfile(): Uint8Array {
  const profile = Uint8Array.from({ length: 400 }, (_, index) => (index < 156 ? 0 : (index * index * 31) & 0xff));
  const view = new DataView(profile.buffer);
  view.setUint32(0, profile.length);
  view.setUint32(8, 0x02100000);
  for (const [offset, word] of Object.entries({ 12: "mntr", 16: "RGB ", 20: "XYZ ", 36: "acsp", 132: "desc" })) {
    profile.set(new TextEncoder().encode(word), Number(offset));
  }
  profile.set(uint32s(0xf6d6, 0x10000, 0xd32d), 68);
  profile.set(uint32s(1), 128);
  profile.set(uint32s(144, 256), 136);
  return profile;
}

function uint32s(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  for (const [index, value] of values.entries()) new DataView(bytes.buffer).setUint32(4 * index, value);
  return bytes;
}
