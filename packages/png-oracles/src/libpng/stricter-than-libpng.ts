import type { Issue, IssueCode } from "@image-variations/validation";

interface StricterRule {
  readonly code: IssueCode;
  /** Default: any chunk. */
  readonly chunk?: string;
  readonly reason: string;
}

/**
 * What is rejected here and not by libpng, which repairs or overlooks it, with what the specification says. Every
 * disagreement between the two must be one of these.
 */
const rules: readonly StricterRule[] = [
  {
    code: "crc_mismatch",
    reason: "13.1: a CRC mismatch indicates a corrupted datastream. libpng drops an ancillary chunk with a wrong CRC.",
  },
  {
    code: "chunk_unknown",
    reason: "13.1: fatal for any decoder that extracts the image. libpng overlooks it after IHDR where it can.",
  },
  {
    code: "chunk_duplicate",
    chunk: "PLTE",
    reason: "5.6: PLTE is allowed once. libpng doesn't count those after IDAT.",
  },
  { code: "chunk_not_allowed", chunk: "PLTE", reason: "11.2.2: PLTE shall not appear in greyscale." },
  {
    code: "chunk_length_invalid",
    chunk: "PLTE",
    reason: "11.2.2: no more entries than the bit depth has indices, and a multiple of 3 bytes.",
  },
  { code: "chunk_out_of_order", chunk: "PLTE", reason: "5.6: PLTE comes before the first IDAT." },
  {
    code: "chunk_out_of_order",
    chunk: "IDAT",
    reason: "5.6: IDAT chunks shall be consecutive. libpng overlooks it once the pixels are complete.",
  },
  { code: "chunk_length_invalid", chunk: "IEND", reason: "11.2.4: the data field of IEND is empty." },
  {
    code: "first_chunk_invalid",
    reason: "5.6: IHDR shall be first. libpng lets some ancillary chunks be before it.",
  },
  {
    code: "image_data_too_long",
    reason: "7.2 and 10.2: the stream is the filtered scanlines, and nothing else.",
  },
  {
    code: "zlib_stream_invalid",
    reason: "10.1: a zlib stream has a checksum and an end. libpng stops reading when the pixels are complete.",
  },
];

/** Whether libpng is known to accept an image with this issue. */
export function isStricterThanLibpng(issue: Issue): boolean {
  return rules.some(({ code, chunk = issue.chunk }) => code === issue.code && chunk === issue.chunk);
}

/** What libpng rejects and the specification doesn't: limits that libpng sets by itself. */
export const libpngsOwnLimits = /exceeds user limit/;
