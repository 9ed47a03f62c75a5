import type { Finding } from "@image-variations/validation";

/**
 * What is refused here and not by libpng, which repairs or overlooks it: by the message of the finding, with what the
 * specification says. Every disagreement between the two must be one of these.
 */
const rules: readonly (readonly [message: RegExp, reason: string])[] = [
  [
    /^The CRC of /,
    "13.1: a CRC mismatch indicates a corrupted datastream. libpng drops an ancillary chunk with a wrong CRC.",
  ],
  [
    /^The critical type of /,
    "13.1: fatal for any decoder that extracts the image. libpng overlooks it after IHDR where it can.",
  ],
  [/^The number of PLTE is 2 or more/, "5.6: PLTE is allowed once. libpng doesn't count those after IDAT."],
  [/^The number of PLTE .* 0 with color type [04]/, "11.2.2: PLTE shall not appear in greyscale."],
  [/^The length of PLTE /, "11.2.2: no more entries than the bit depth has indices, and a multiple of 3 bytes."],
  [/^The place of PLTE /, "5.6: PLTE comes before the first IDAT."],
  [/^The place of IDAT /, "5.6: IDAT chunks shall be consecutive. libpng overlooks it once the pixels are complete."],
  [/^The length of IEND /, "11.2.4: the data field of IEND is empty."],
  [/^The first chunk /, "5.6: IHDR shall be first. libpng lets some ancillary chunks be before it."],
  [/^The image data of IDAT is more than /, "7.2 and 10.2: the stream is the filtered scanlines, and nothing else."],
  [
    /^The zlib stream of IDAT /,
    "10.1: a zlib stream has a checksum and an end. libpng stops reading when the pixels are complete.",
  ],
];

/** Whether libpng is known to let pass what was found. */
export function isStricterThanLibpng(finding: Finding): boolean {
  return rules.some(([message]) => message.test(finding.message));
}

/** What libpng refuses and the specification doesn't: limits that libpng sets by itself. */
export const libpngsOwnLimits = /exceeds user limit/;
