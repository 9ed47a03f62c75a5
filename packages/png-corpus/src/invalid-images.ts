import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { animation, type AnimationFaults } from "./animation.ts";
import { chunk, signature } from "./chunk.ts";
import { concatenate } from "./concatenate.ts";
import { createPng, ihdr, idats, palette, pngChunks } from "./create-png.ts";
import { deflateBits } from "./deflate-bits.ts";
import type { InvalidImage } from "./image-file.ts";
import type { PngRecipe } from "./png-recipe.ts";
import { rowLengths, scanlines } from "./scanlines.ts";

type Named = readonly [name: string, code: string, bytes: Uint8Array<ArrayBuffer>];

/** Files that each break one rule of the specification and no other. */
export function invalidImages(): InvalidImage[] {
  const of = (
    depth: InvalidImage["depth"],
    severity: InvalidImage["severity"],
    images: readonly Named[],
  ): InvalidImage[] => images.map(([name, code, bytes]) => ({ name, code, bytes, depth, severity }));
  return [
    ...of("header", "error", [...firstBytes(), ...headerFields()]),
    ...of("structure", "error", [
      ...truncations(),
      ...checksums(),
      ...chunkLengthsAndTypes(),
      ...chunkOrders(),
      ...palettes(),
    ]),
    ...of("structure", "warning", [...ancillaryChunks(), ...transparencyAndHistograms(), ...animations()]),
    ...of("pixels", "error", [...zlibHeaders(), ...blocks(), ...imageData(), ...filterTypes(), ...interlacedFilters()]),
    ...of("pixels", "warning", [
      [
        "bytes after the zlib stream",
        "data_after_zlib_stream",
        createPng({ compressed: concatenate(deflateSync(scanlines({})), Uint8Array.of(1, 2)) }),
      ],
      [
        "a large image with bytes after the zlib stream",
        "data_after_zlib_stream",
        createPng({
          width: 200,
          height: 200,
          compressed: concatenate(deflateSync(scanlines({ width: 200, height: 200 })), Uint8Array.of(1)),
        }),
      ],
      ...indices(),
    ]),
  ];
}

/** A file of these chunks. */
function file(...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatenate(signature, ...chunks);
}

/** The three chunks of a small image. */
function wholeImage(): { readonly header: Uint8Array; readonly data: Uint8Array; readonly end: Uint8Array } {
  const [header, data, end] = pngChunks() as [Uint8Array, Uint8Array, Uint8Array];
  return { header, data, end };
}

/** The four chunks of a small image with a palette of four colors. */
function indexedImage(): ReturnType<typeof wholeImage> & { readonly colors: Uint8Array } {
  const recipe = { colorType: 3, bitDepth: 2 };
  const [header, colors, data, end] = pngChunks(recipe) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  return { header, colors, data, end };
}

/** The signature, and what comes first. */
function firstBytes(): Named[] {
  const first = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => file(bytes, ...pngChunks().slice(1));
  const png = createPng();
  const replaced = (index: number, value: number): Uint8Array<ArrayBuffer> => {
    const copy = png.slice();
    copy[index] = value;
    return copy;
  };
  return [
    ["nothing", "empty", new Uint8Array()],
    ...Array.from(signature, (byte, index): Named => [
      `byte ${index} of the signature`,
      "not_png",
      replaced(index, byte ^ 0x40),
    ]),
    ...[8, 12, 20, 32].map((length): Named => [`truncated after ${length} bytes`, "truncated", png.slice(0, length)]),
    ["no IHDR", "first_chunk_invalid", file(...pngChunks().slice(1))],
    ["IHDR is not first", "first_chunk_invalid", file(chunk("tIME", new Uint8Array(7)), ...pngChunks())],
    ["IHDR of 12 bytes", "first_chunk_invalid", first(chunk("IHDR", ihdr().subarray(0, 12)))],
    ["IHDR of 14 bytes", "first_chunk_invalid", first(chunk("IHDR", concatenate(ihdr(), Uint8Array.of(0))))],
  ];
}

/** The fields of IHDR. */
function headerFields(): Named[] {
  const broken = (recipe: PngRecipe): Uint8Array<ArrayBuffer> =>
    createPng({ raw: new Uint8Array(200), paletteEntries: recipe.colorType === 3 ? 2 : 0, ...recipe });
  return [
    ["no width and no height", "width_invalid height_invalid", broken({ width: 0, height: 0 })],
    ["2^31 wide and high", "width_invalid height_invalid", broken({ width: 2 ** 31, height: 2 ** 31 })],
    ["2^32-1 wide and high", "width_invalid height_invalid", broken({ width: 2 ** 32 - 1, height: 2 ** 32 - 1 })],
    ...[1, 5, 7, 255].map((colorType): Named => [
      `color type ${colorType}`,
      "color_type_invalid",
      broken({ colorType }),
    ]),
    ...(
      [
        [0, 0],
        [0, 3],
        [0, 32],
        [2, 1],
        [2, 2],
        [2, 4],
        [3, 16],
        [4, 1],
        [4, 4],
        [6, 1],
        [6, 4],
        [6, 255],
      ] as const
    ).map(([colorType, bitDepth]): Named => [
      `${bitDepth} bits with color type ${colorType}`,
      "bit_depth_invalid",
      broken({ colorType, bitDepth }),
    ]),
    ["compression method 1", "compression_method_invalid", createPng({ compressionMethod: 1 })],
    ["filter method 1", "filter_method_invalid", createPng({ filterMethod: 1 })],
    ["interlace method 2", "interlace_method_invalid", createPng({ interlaceMethod: 2 })],
  ];
}

/** Files that end too early. */
function truncations(): Named[] {
  const { header, data } = wholeImage();
  const png = createPng();
  return [
    ...[33, 40, 41, 50, png.length - 13, png.length - 12, png.length - 5, png.length - 1].map((length): Named => [
      `truncated after ${length} of ${png.length} bytes`,
      "truncated",
      png.slice(0, length),
    ]),
    ["no IEND", "truncated", file(header, data)],
  ];
}

/** A wrong CRC in every kind of chunk. */
function checksums(): Named[] {
  const { header, data, end } = wholeImage();
  const indexed = indexedImage();
  const compressed = deflateSync(scanlines({}));
  const wrong = (type: string, content: Uint8Array): Uint8Array => chunk(type, content, { crc: 1 });
  const [first = header] = idats(compressed, 40);
  return [
    ["CRC of IHDR", "crc_mismatch", file(wrong("IHDR", ihdr()), data, end)],
    ["CRC of PLTE", "crc_mismatch", file(indexed.header, wrong("PLTE", palette(4)), indexed.data, indexed.end)],
    ["CRC of IDAT", "crc_mismatch", file(header, wrong("IDAT", compressed), end)],
    ["CRC of the second IDAT", "crc_mismatch", file(header, first, wrong("IDAT", compressed.subarray(40)), end)],
    ["CRC of IEND", "crc_mismatch", file(header, data, wrong("IEND", new Uint8Array()))],
    ["CRC of an ancillary chunk", "crc_mismatch", file(header, wrong("gAMA", new Uint8Array(4)), data, end)],
    ["CRC of an unknown chunk", "crc_mismatch", file(header, data, wrong("tpNG", new Uint8Array(99)), end)],
  ];
}

function chunkLengthsAndTypes(): Named[] {
  const { header, data, end } = wholeImage();
  const inserted = (...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => file(header, ...chunks, data, end);
  const long = (length: number): Uint8Array => chunk("tEXt", new Uint8Array(4), { length });
  return [
    ["a length of 2^31", "chunk_too_long", inserted(long(2 ** 31))],
    ["a length of 2^32-1", "chunk_too_long", inserted(long(2 ** 32 - 1))],
    ["a length beyond the end", "truncated", inserted(long(2 ** 31 - 1))],
    ["a digit in a type", "chunk_type_invalid", inserted(chunk("t3Xt"))],
    ["zeros as a type", "chunk_type_invalid", inserted(chunk("\0\0\0\0"))],
    ["an unknown critical chunk", "chunk_unknown", inserted(chunk("JDAT"))],
    ["IEND with data", "chunk_length_invalid", file(header, data, chunk("IEND", Uint8Array.of(0)))],
  ];
}

/** Critical chunks that are missing, come twice, or are out of order. */
function chunkOrders(): Named[] {
  const { header, data, end } = wholeImage();
  const indexed = indexedImage();
  const compressed = deflateSync(scanlines({}));
  const [first = header] = idats(compressed, 40);
  const text = chunk("tEXt", Uint8Array.of(65, 0));
  return [
    ["two IHDR", "chunk_duplicate", file(header, header, data, end)],
    ["no IDAT", "chunk_missing", file(header, end)],
    ["a chunk between IDATs", "chunk_out_of_order", file(header, first, text, ...idats(compressed.subarray(40)), end)],
    ["no PLTE", "chunk_missing", file(indexed.header, indexed.data, indexed.end)],
    ["PLTE after IDAT", "chunk_out_of_order", file(header, data, chunk("PLTE", palette(4)), end)],
    ["two PLTE", "chunk_duplicate", file(indexed.header, indexed.colors, indexed.colors, indexed.data, indexed.end)],
  ];
}

/** Palettes of a wrong length, or in an image that may not have one. */
function palettes(): Named[] {
  const withPalette = (length: number, recipe: PngRecipe): Uint8Array<ArrayBuffer> =>
    createPng({ ...recipe, paletteEntries: 0, beforeData: [chunk("PLTE", new Uint8Array(length))] });
  const fourBits = { colorType: 3, bitDepth: 4, raw: new Uint8Array(40) };
  return [
    ["PLTE in greyscale", "chunk_not_allowed", createPng({ colorType: 0, paletteEntries: 4 })],
    ["PLTE in greyscale with alpha", "chunk_not_allowed", createPng({ colorType: 4, paletteEntries: 4 })],
    ["PLTE of no bytes", "chunk_length_invalid", withPalette(0, {})],
    ["PLTE of 4 bytes", "chunk_length_invalid", withPalette(4, { colorType: 3, bitDepth: 1 })],
    ["PLTE of 257 colors", "chunk_length_invalid", withPalette(771, {})],
    ["3 colors for 1 bit", "chunk_length_invalid", withPalette(9, { colorType: 3, bitDepth: 1 })],
    ["17 colors for 4 bits", "chunk_length_invalid", withPalette(51, fourBits)],
  ];
}

/** The valid length of chunks whose length can be wrong. */
const validLengths = {
  acTL: 8,
  cHRM: 32,
  cICP: 4,
  gAMA: 4,
  mDCV: 24,
  cLLI: 8,
  sBIT: 3,
  sRGB: 1,
  bKGD: 6,
  tRNS: 6,
  pHYs: 9,
  tIME: 7,
};
const { acTL: _, tIME: __, ...fixed } = validLengths;
/** A length of chunks that have to come before IDAT. */
const placed = { ...fixed, iCCP: 9, eXIf: 9, sPLT: 9 };

/** A chunk of zeros. */
function zeros(type: string, length: number): Uint8Array {
  return chunk(type, new Uint8Array(length));
}

function before(...beforePalette: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return createPng({ beforePalette });
}

/** What is not as it should be, and does the image no harm (section 13.1). */
function ancillaryChunks(): Named[] {
  const oneFrame = chunk("acTL", Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0));
  return [
    ["bytes after IEND", "data_after_iend", concatenate(createPng(), Uint8Array.of(0))],
    ["a second image after IEND", "data_after_iend", concatenate(createPng(), createPng())],
    ["the reserved bit", "chunk_type_reserved", before(chunk("tpnG"))],
    ...Object.entries(validLengths).map(([type, length]): Named => [
      `${type} of ${length + 1} bytes`,
      type === "acTL" ? "chunk_length_invalid frame_count_mismatch" : "chunk_length_invalid",
      before(type === "acTL" ? oneFrame : zeros(type, length + 1)),
    ]),
    ...Object.entries(placed).map(([type, length]): Named => [
      `${type} after IDAT`,
      "chunk_out_of_order",
      createPng({ afterData: [zeros(type, length)] }),
    ]),
    ...(["cHRM", "cICP", "gAMA", "iCCP", "mDCV", "cLLI", "sBIT", "sRGB"] as const).map((type): Named => [
      `${type} after PLTE`,
      "chunk_out_of_order",
      createPng({ paletteEntries: 4, beforeData: [zeros(type, placed[type])] }),
    ]),
    ...(["gAMA", "sRGB", "pHYs", "tIME", "bKGD", "tRNS", "eXIf", "iCCP"] as const).map((type): Named => {
      const twice = zeros(type, { ...placed, tIME: 7 }[type]);
      return [`two ${type}`, "chunk_duplicate", before(twice, twice)];
    }),
  ];
}

/** Chunks whose length depends on the palette. */
function transparencyAndHistograms(): Named[] {
  const indexed = { colorType: 3, bitDepth: 2 };
  return [
    ["tRNS with alpha", "chunk_not_allowed", createPng({ colorType: 6, beforeData: [zeros("tRNS", 6)] })],
    ["tRNS of no bytes", "chunk_length_invalid", createPng({ colorType: 3, beforeData: [zeros("tRNS", 0)] })],
    ["tRNS longer than PLTE", "chunk_length_invalid", createPng({ ...indexed, beforeData: [zeros("tRNS", 5)] })],
    ["tRNS before PLTE", "chunk_length_invalid", createPng({ ...indexed, beforePalette: [zeros("tRNS", 4)] })],
    ["hIST without PLTE", "chunk_length_invalid", before(zeros("hIST", 2))],
    [
      "hIST shorter than PLTE",
      "chunk_length_invalid",
      createPng({ paletteEntries: 4, beforeData: [zeros("hIST", 6)] }),
    ],
  ];
}

function animations(): Named[] {
  const animated = (name: string, code: string, faults: AnimationFaults, includesImage = true): Named => [
    name,
    code,
    createPng(animation({ includesImage, ...faults })),
  ];
  return [
    animated("a sequence number that is skipped", "sequence_number_invalid", { skip: 1 }),
    animated("more frames than announced", "frame_count_mismatch", { moreFrames: -1 }),
    animated("fewer frames than announced", "frame_count_mismatch", { moreFrames: 1 }, false),
  ];
}

/** An image with a zlib stream. */
function stream(name: string, code: string, compressed: Uint8Array): Named {
  return [name, code, createPng({ compressed })];
}

/** The compressed image data of a small image, with some bits of a byte changed; a byte below 0 is one from the end. */
function changed(index: number, mask: number): Uint8Array {
  const copy = Uint8Array.from(deflateSync(scanlines({})));
  const at = (index + copy.length) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
}

/** What is wrong with the two bytes before a zlib stream. */
function zlibHeaders(): Named[] {
  const raw = scanlines({});
  const compressed = deflateSync(raw);
  const withHeader = (header: readonly [number, number]): Uint8Array =>
    Uint8Array.from(compressed, (byte, index) => header[index] ?? byte);
  return [
    stream("a method that is not deflate", "zlib_header_invalid", changed(0, 1)),
    stream("a window of 64 KiB", "zlib_header_invalid", withHeader([0x88, 0x1c])),
    stream("the check of the zlib header", "zlib_header_invalid", changed(1, 1)),
    stream("a preset dictionary", "zlib_header_invalid", withHeader([0x78, 0xbb])),
    stream("gzip", "zlib_header_invalid", gzipSync(raw)),
    stream("deflate without zlib", "zlib_header_invalid", deflateRawSync(raw)),
    stream("one byte", "zlib_header_invalid", compressed.subarray(0, 1)),
  ];
}

/** What is wrong with the blocks of a zlib stream and with its end. */
function blocks(): Named[] {
  const compressed = deflateSync(scanlines({}));
  const far = { width: 64, height: 64 };
  return [
    stream("the checksum", "zlib_stream_invalid", changed(-1, 1)),
    stream("no checksum", "zlib_stream_invalid", compressed.subarray(0, -4)),
    stream("half a checksum", "zlib_stream_invalid", compressed.subarray(0, -2)),
    stream("half the stream", "zlib_stream_invalid", compressed.subarray(0, compressed.length / 2)),
    stream("a block of the reserved type", "zlib_stream_invalid", deflateBits("1 11")),
    stream(
      "a stored block with a wrong length",
      "zlib_stream_invalid",
      deflateBits("1 00 00000 0000000000000000 0000000000000000"),
    ),
    stream("a copy from before the beginning", "zlib_stream_invalid", deflateBits("1 10 0000001 00000")),
    stream("length code 286", "zlib_stream_invalid", deflateBits("1 10 11000110")),
    stream("distance code 30", "zlib_stream_invalid", deflateBits("1 10 00110000 0000001 11110")),
    stream("a code with too many lengths", "zlib_stream_invalid", deflateBits("1 01 01111 00000 0000")),
    [
      "a copy from beyond the window",
      "zlib_stream_invalid",
      createPng({ ...far, compressed: smallWindow(scanlines(far)) }),
    ],
  ];
}

/** Too little image data, or too much. */
function imageData(): Named[] {
  const raw = scanlines({});
  return [
    ["a row too few", "image_data_too_short", createPng({ raw: raw.subarray(0, -25) })],
    ["a byte too few", "image_data_too_short", createPng({ raw: raw.subarray(0, -1) })],
    ["no rows at all", "image_data_too_short", createPng({ raw: new Uint8Array() })],
    ["a byte too many", "image_data_too_long", createPng({ raw: concatenate(raw, Uint8Array.of(0)) })],
    ["a row too many", "image_data_too_long", createPng({ raw: concatenate(raw, raw.subarray(0, 25)) })],
    ["a thousand times too many", "image_data_too_long", createPng({ raw: new Uint8Array(200_000) })],
    [
      "2^31-1 wide and high",
      "image_data_too_short",
      createPng({ width: 2 ** 31 - 1, height: 2 ** 31 - 1, raw: new Uint8Array(99) }),
    ],
    [
      "a plain image that says it is interlaced",
      "image_data_too_short",
      createPng({ interlaceMethod: 1, raw: new Uint8Array(25) }),
    ],
  ];
}

function filterTypes(): Named[] {
  const filtered = (filter: number, row: number): Uint8Array => {
    const copy = scanlines({});
    copy[row * 25] = filter;
    return copy;
  };
  return [
    ...[5, 6, 127, 128, 255].map((filter): Named => [
      `filter type ${filter}`,
      "filter_type_invalid",
      createPng({ raw: filtered(filter, 3) }),
    ]),
    ["filter type 5 in the first row", "filter_type_invalid", createPng({ raw: filtered(5, 0) })],
    ["filter type 5 in the last row", "filter_type_invalid", createPng({ raw: filtered(5, 7) })],
  ];
}

/** One wrong filter type in each pass of Adam7. */
function interlacedFilters(): Named[] {
  const recipe = { interlaceMethod: 1 };
  const passStarts = [0, 1, 2, 3, 5, 7, 11];
  const lengths = rowLengths(recipe);
  return passStarts.map((row, pass) => {
    const raw = scanlines(recipe);
    raw[lengths.slice(0, row).reduce((sum, length) => sum + length, 0)] = 9;
    return [`filter type 9 in pass ${pass + 1}`, "filter_type_invalid", createPng({ ...recipe, raw })];
  });
}

/** A palette index that is one too large, behind each filter. */
function indices(): Named[] {
  const images: Named[] = [];
  for (const [bitDepth, paletteEntries] of [
    [1, 1],
    [2, 3],
    [4, 10],
    [8, 200],
  ] as const) {
    for (const interlaceMethod of [0, 1]) {
      const recipe = { colorType: 3, bitDepth, paletteEntries, interlaceMethod, width: 9, height: 9 };
      const raw = scanlines(recipe);
      raw[1] = (paletteEntries << (8 - bitDepth)) & 0xff;
      images.push([
        `index ${paletteEntries} of ${bitDepth} bits, interlace ${interlaceMethod}`,
        "palette_index_invalid",
        createPng({ ...recipe, raw }),
      ]);
    }
  }
  // Rows of 100, and one difference that makes 200 of it: it shows only when the filters are undone.
  const differences = { 1: [100, 100, 0, 0], 2: [100, 0, 0, 0], 3: [150, 0, 0, 0], 4: [100, 0, 0, 0] };
  for (const [filter, row] of Object.entries(differences)) {
    const recipe = { colorType: 3, bitDepth: 8, paletteEntries: 200, width: 4, height: 4 };
    const raw = new Uint8Array(20);
    raw.set([0, 100, 100, 100, 100, Number(filter), ...row]);
    images.push([`index 200 behind filter ${filter}`, "palette_index_invalid", createPng({ ...recipe, raw })]);
  }
  return images;
}

/** A stream whose header declares the smallest window there is, while its copies reach further. */
function smallWindow(raw: Uint8Array): Uint8Array {
  const compressed = Uint8Array.from(deflateSync(raw, { level: 9 }));
  compressed.set([0x08, 0x1d]);
  return compressed;
}
