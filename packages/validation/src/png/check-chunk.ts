import { reportFinding, type FindingReport, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/**
 * The rules of a chunk: the one that it must stand before, if any, its section below 11, its length, by color type
 * perhaps, and the color types that it must not go with.
 */
type Rule = readonly [
  before?: string,
  section?: string,
  length?: number | { readonly [colorType: number]: number },
  excluded?: readonly number[],
];

/** The chunks of the specification that have rules (sections 5.6, 11.2 and 11.3), but for IDAT. */
const rules: { readonly [type: string]: Rule } = {
  IHDR: [],
  PLTE: ["IDAT", "2.2", {}, [0, 4]],
  IEND: ["", "2.4", 0],
  acTL: ["IDAT", "3.6.1", 8],
  cHRM: ["PLTE", "3.2.1", 32],
  cICP: ["PLTE", "3.2.6", 4],
  gAMA: ["PLTE", "3.2.2", 4],
  iCCP: ["PLTE"],
  mDCV: ["PLTE", "3.2.7", 24],
  cLLI: ["PLTE", "3.2.8", 8],
  sBIT: ["PLTE", "3.2.4", { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }],
  sRGB: ["PLTE", "3.2.5", 1],
  bKGD: ["IDAT", "3.4.1", { 0: 2, 2: 6, 3: 1, 4: 2, 6: 6 }],
  hIST: ["IDAT", "3.4.2"],
  tRNS: ["IDAT", "3.1.1", { 0: 2, 2: 6 }, [4, 6]],
  eXIf: ["IDAT"],
  pHYs: ["IDAT", "3.4.3", 9],
  sPLT: ["IDAT"],
  tIME: ["", "3.5.1", 7],
  fcTL: ["", "3.6.2", 26],
};

const repeatable = /sPLT|fcTL/;

/** What has been seen of an image when a chunk comes. */
export interface ChunksBefore {
  readonly colorType: number;
  readonly bitDepth: number;
  /** The types of the chunks before. */
  readonly seen: ReadonlySet<string>;
  /** How many colors PLTE has; 0 before PLTE. */
  paletteEntries: number;
  /** The sequence number that an animation has next, its frames, and how many it announces (section 4.9.2). */
  sequence: number;
  frames: number;
  announced?: number;
}

/** A chunk that has been read, but for its data. */
export interface ReadChunk {
  readonly type: string;
  /** Where it begins: its length, its type, its data. */
  readonly offset: number;
  /** Of its data. */
  readonly length: number;
}

/**
 * Checks a chunk that is not IDAT: its place, number and length. What is wrong with an ancillary chunk doesn't stand in
 * the image's way: a decoder does without it, so that all findings are warnings (section 13.1). An ancillary chunk
 * that nobody knows is fine.
 */
export function checkChunk(
  { type, offset, length }: ReadChunk,
  bytes: Uint8Array,
  before: ChunksBefore,
  inspection: OpenInspection,
): void {
  const { colorType, bitDepth, seen, paletteEntries } = before;
  const isCritical = type < "a";
  const severity = isCritical ? "error" : "warning";
  const report = (finding: Omit<FindingReport, "chunk" | "offset" | "severity">): void =>
    reportFinding(inspection, { chunk: type, offset, severity, ...finding });
  const rule = rules[type];
  if (rule) {
    const [follower, subsection, lengths, excluded] = rule;
    const section = `11.${subsection}`;
    const checkLength = (isSound: boolean, allowed: string | number): void => {
      if (!isSound) report({ section, subject: "length", received: length, allowed });
    };
    const previous = seen.has("IDAT") ? "IDAT" : follower;
    if (seen.has(type) && !repeatable.test(type))
      report({ section: "5.6", subject: "number", received: "2 or more", allowed: 1 });
    if (follower && previous && seen.has(previous))
      report({ section: "5.6", subject: "place", received: `after ${previous}`, allowed: `before ${follower}` });
    if (excluded?.includes(colorType))
      report({ section, subject: "number", received: 1, allowed: `0 with color type ${colorType}` });
    const expected = typeof lengths === "object" ? lengths[colorType] : lengths;
    if (expected !== undefined) checkLength(length === expected, expected);
    if (type === "PLTE") {
      const most = colorType === 3 ? 2 ** bitDepth : 256;
      checkLength(length > 0 && length % 3 === 0 && length <= 3 * most, `3 for each of 1 to ${most} colors`);
      before.paletteEntries = Math.floor(length / 3);
    }
    if (type === "tRNS" && colorType === 3) {
      checkLength(length > 0 && length <= paletteEntries, `1 for each of 1 to ${paletteEntries} colors`);
    }
    if (type === "hIST") checkLength(length === 2 * paletteEntries, `2 for each of ${paletteEntries} colors`);
  } else if (isCritical) {
    report({
      section: "13.1",
      subject: "critical type",
      received: "unknown",
      allowed: "IHDR or PLTE or IDAT or IEND",
    });
  }
  if (length > 3 && /acTL|fcTL|fdAT/.test(type)) {
    const number = uint32(bytes, offset + 8);
    if (type === "acTL") before.announced = number;
    else {
      if (type === "fcTL") before.frames++;
      if (number !== before.sequence)
        report({ section: "13.1", subject: "sequence number", received: number, allowed: before.sequence });
      before.sequence = number + 1;
    }
  }
}
