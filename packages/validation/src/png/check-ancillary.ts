import type { FindingLog } from "./finding-log.ts";

/** Where a chunk may stand: before PLTE, between PLTE and IDAT, before IDAT, or anywhere. */
type Placement = "before PLTE" | "after PLTE" | "before IDAT" | "";

/** The rules of a known chunk: the section that has them, its place, and the length of its data, by color type perhaps. */
type Rule = readonly [
  section: string,
  placement: Placement,
  length?: number | { readonly [colorType: number]: number },
];

/** The ancillary chunks that the specification knows (sections 5.6 and 11.3). */
const rules: { readonly [type: string]: Rule } = {
  acTL: ["11.3.6.1", "before IDAT", 8],
  cHRM: ["11.3.2.1", "before PLTE", 32],
  cICP: ["11.3.2.6", "before PLTE", 4],
  gAMA: ["11.3.2.2", "before PLTE", 4],
  iCCP: ["11.3.2.3", "before PLTE"],
  mDCV: ["11.3.2.7", "before PLTE", 24],
  cLLI: ["11.3.2.8", "before PLTE", 8],
  sBIT: ["11.3.2.4", "before PLTE", { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }],
  sRGB: ["11.3.2.5", "before PLTE", 1],
  bKGD: ["11.3.4.1", "after PLTE", { 0: 2, 2: 6, 3: 1, 4: 2, 6: 6 }],
  hIST: ["11.3.4.2", "after PLTE"],
  tRNS: ["11.3.1.1", "after PLTE", { 0: 2, 2: 6 }],
  eXIf: ["11.3.4.5", "before IDAT"],
  pHYs: ["11.3.4.3", "before IDAT", 9],
  sPLT: ["11.3.4.4", "before IDAT"],
  tIME: ["11.3.5.1", "", 7],
  iTXt: ["11.3.3.4", ""],
  tEXt: ["11.3.3.2", ""],
  zTXt: ["11.3.3.3", ""],
  fcTL: ["11.3.6.2", "", 26],
  fdAT: ["11.3.6.3", ""],
};

const repeatable = /^(sPLT|[izt][TE]Xt|f[cd][TA][LT])$/;

/** What has been seen of a picture when a chunk comes. */
export interface ChunksBefore {
  readonly colorType: number;
  /** The types of the chunks before. */
  readonly seen: ReadonlySet<string>;
  /** How many colors PLTE has; none where there is no PLTE yet. */
  readonly paletteEntries: number;
}

/**
 * Checks an ancillary chunk. What is wrong with one doesn't stand in the picture's way: a decoder does without it, so
 * that all findings are warnings (section 13.1). One that nobody knows is none.
 */
export function checkAncillary(
  type: string,
  offset: number,
  length: number,
  { colorType, seen, paletteEntries }: ChunksBefore,
  log: FindingLog,
): void {
  const rule = rules[type];
  if (!rule) return;
  const [section, placement, lengths] = rule;
  const warn = (
    code: string,
    place: string,
    subject: string,
    received: string | number,
    allowed: string | number,
  ): void => log.add(code, [offset, type, place], `${subject} of ${type}`, received, allowed, { severity: "warning" });

  if (seen.has(type) && !repeatable.test(type)) warn("chunk_repeated", "5.6", "number", "2 or more", 1);
  if (placement && (seen.has("IDAT") || (placement === "before PLTE" && paletteEntries))) {
    warn(
      "chunk_misplaced",
      "5.6",
      "place",
      `after ${seen.has("IDAT") ? "IDAT" : "PLTE"}`,
      placement.replace("after PLTE", "before IDAT"),
    );
  }
  const expected = typeof lengths === "object" ? lengths[colorType] : lengths;
  if (expected !== undefined && length !== expected) warn("chunk_length_wrong", section, "length", length, expected);
  if (type === "tRNS" && colorType === 3 && (length > paletteEntries || !length)) {
    warn("chunk_length_wrong", section, "length", length, `1 to ${paletteEntries}, the number of colors in PLTE`);
  }
  if (type === "tRNS" && colorType > 3) warn("chunk_not_allowed", section, "color type", colorType, "0 or 2 or 3");
  if (type === "hIST" && length !== 2 * paletteEntries) {
    warn("chunk_length_wrong", section, "length", length, `${2 * paletteEntries}, for the colors in PLTE`);
  }
}
