import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

const beforePalette = 1;
const beforeData = 2;

/** The rules of a chunk: where it must stand, if anywhere, its section below 11.3, and its length, by color type perhaps. */
type Rule = readonly [placement: number, section?: string, length?: number | { readonly [colorType: number]: number }];

/** The ancillary chunks of the specification that have rules (sections 5.6 and 11.3). */
const rules: { readonly [type: string]: Rule } = {
  acTL: [beforeData, "6.1", 8],
  cHRM: [beforePalette, "2.1", 32],
  cICP: [beforePalette, "2.6", 4],
  gAMA: [beforePalette, "2.2", 4],
  iCCP: [beforePalette],
  mDCV: [beforePalette, "2.7", 24],
  cLLI: [beforePalette, "2.8", 8],
  sBIT: [beforePalette, "2.4", { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }],
  sRGB: [beforePalette, "2.5", 1],
  bKGD: [beforeData, "4.1", { 0: 2, 2: 6, 3: 1, 4: 2, 6: 6 }],
  hIST: [beforeData, "4.2"],
  tRNS: [beforeData, "1.1", { 0: 2, 2: 6 }],
  eXIf: [beforeData],
  pHYs: [beforeData, "4.3", 9],
  sPLT: [beforeData],
  tIME: [0, "5.1", 7],
  fcTL: [0, "6.2", 26],
};

const repeatable = /sPLT|fcTL/;

/** What has been seen of a picture when a chunk comes. */
export interface ChunksBefore {
  readonly colorType: number;
  /** The types of the chunks before. */
  readonly seen: ReadonlySet<string>;
  /** How many colors PLTE has; none where there is no PLTE yet. */
  paletteEntries: number;
  /** The sequence number that an animation has next, its frames, and how many it announces (section 4.9.2). */
  sequence: number;
  frames: number;
  announced?: number;
}

/**
 * Checks an ancillary chunk. What is wrong with one doesn't stand in the picture's way: a decoder does without it, so
 * that all findings are warnings (section 13.1). One that nobody knows is none.
 */
export function checkAncillary(
  type: string,
  offset: number,
  length: number,
  bytes: Uint8Array,
  before: ChunksBefore,
  inspection: OpenInspection,
): void {
  const { colorType, seen, paletteEntries } = before;
  const warn = (section: string, subject: string, received: string | number, allowed: string | number): void =>
    reportFinding(inspection, type, section, offset, subject, received, allowed, undefined, "warning");
  const rule = rules[type];
  if (rule) {
    const [placement, subsection, lengths] = rule;
    const section = `11.3.${subsection}`;
    const checkLength = (sound: boolean, allowed: string | number): void => {
      if (!sound) warn(section, "length", length, allowed);
    };
    const most = placement === beforePalette && paletteEntries ? "PLTE" : "IDAT";
    if (seen.has(type) && !repeatable.test(type)) warn("5.6", "number", "2 or more", 1);
    if (placement && seen.has(most)) {
      const received = `after ${seen.has("IDAT") ? "IDAT" : most}`;
      warn("5.6", "place", received, `before ${placement === beforePalette ? "PLTE" : "IDAT"}`);
    }
    const expected = typeof lengths === "object" ? lengths[colorType] : lengths;
    if (expected) checkLength(length === expected, expected);
    if (type === "tRNS") {
      if (colorType === 3) {
        const allowed = `1 to ${paletteEntries}, the number of colors in PLTE`;
        checkLength(length > 0 && length <= paletteEntries, allowed);
      }
      if (colorType > 3) warn(section, "number", 1, "0 with an alpha channel");
    }
    if (type === "hIST") checkLength(length === 2 * paletteEntries, `${2 * paletteEntries}, for the colors in PLTE`);
  }
  if (length > 3 && /acTL|fcTL|fdAT/.test(type)) {
    const number = uint32(bytes, offset + 8);
    if (type === "acTL") before.announced = number;
    else {
      if (type === "fcTL") before.frames++;
      if (number !== before.sequence) {
        warn("13.1", "sequence number", number, before.sequence);
      }
      before.sequence = number + 1;
    }
  }
}
