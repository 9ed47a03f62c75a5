import { mustBe, describeAllowed } from "../describe.ts";
import { truncated, type TruncatedFacts } from "./header-issues.ts";
import type { ChunkFacts, Facts, IssueTable } from "./issue-table.ts";

/** What the chunks and the pixels of a PNG show to be wrong, and the facts that each message needs. */
export interface FileIssues {
  readonly truncated: TruncatedFacts;
  readonly crc_mismatch: ChunkFacts;
  readonly chunk_type_invalid: Facts;
  readonly chunk_type_reserved: ChunkFacts;
  readonly chunk_unknown: ChunkFacts;
  readonly chunk_missing: MissingFacts;
  readonly chunk_duplicate: ChunkFacts;
  readonly chunk_out_of_order: ChunkFacts;
  readonly chunk_not_allowed: ColorTypeFacts;
  readonly chunk_too_long: ChunkFacts;
  readonly chunk_length_invalid: ChunkFacts;
  readonly sequence_number_invalid: ChunkFacts;
  readonly frame_count_mismatch: ChunkFacts;
  readonly data_after_iend: Facts;
  readonly too_many_pixels: Facts;
  readonly zlib_header_invalid: ChunkFacts;
  readonly zlib_stream_invalid: ChunkFacts;
  readonly data_after_zlib_stream: ChunkFacts;
  readonly image_data_too_short: ChunkFacts;
  readonly image_data_too_long: ChunkFacts;
  readonly filter_type_invalid: ChunkFacts;
  readonly palette_index_invalid: ChunkFacts;
  readonly palette_unchecked: ChunkFacts;
}

/** The codes of these issues. */
export type FileIssueCode = keyof FileIssues;

interface MissingFacts extends ChunkFacts {
  /** Why the chunk is needed: `the file has no image data`. */
  readonly because: string;
}

interface ColorTypeFacts extends ChunkFacts {
  readonly colorType: number;
}

const length = ({ chunk, allowed, received }: ChunkFacts): string =>
  mustBe(`The length of ${chunk}`, { allowed, received: `${received} bytes` });

/** Every issue of the chunks and of the pixels. */
export const fileIssues: IssueTable<FileIssues> = {
  truncated,
  crc_mismatch: {
    section: "5.5",
    severity: "error",
    message: ({ chunk, ...facts }) => mustBe(`The CRC of ${chunk}`, facts),
    fix: "The file is damaged: download or copy it again.",
  },
  chunk_type_invalid: { section: "5.3", message: (facts) => mustBe("The chunk type", facts) },
  chunk_type_reserved: {
    section: "5.4",
    severity: "warning",
    message: ({ chunk, ...facts }) => mustBe(`The third letter of ${chunk}`, facts),
  },
  chunk_unknown: { section: "13.1", message: ({ chunk }) => `${chunk} is an unknown critical chunk.` },
  chunk_missing: { section: "5.6", message: ({ chunk, because }) => `No ${chunk} chunk: ${because}.` },
  chunk_duplicate: { section: "5.6", message: ({ chunk }) => `A second ${chunk} chunk: at most one is allowed.` },
  chunk_out_of_order: {
    section: "5.6",
    message: ({ chunk, allowed, received }) => `${chunk} must come ${describeAllowed(allowed)}, not ${received}.`,
  },
  chunk_not_allowed: { message: ({ chunk, colorType }) => `${chunk} is not allowed with color type ${colorType}.` },
  chunk_too_long: { section: "5.3", severity: "error", message: length },
  chunk_length_invalid: { message: length },
  sequence_number_invalid: {
    section: "13.1",
    message: ({ chunk, ...facts }) => mustBe(`The sequence number of ${chunk}`, facts),
  },
  frame_count_mismatch: {
    section: "11.3.6.1",
    message: ({ chunk, allowed, received }) => `${chunk} announces ${allowed} frames, but the file has ${received}.`,
  },
  data_after_iend: {
    section: "5.6",
    severity: "warning",
    message: ({ received }) => `The file goes on after IEND, for ${received}.`,
  },
  too_many_pixels: {
    message: (facts) => mustBe("The image", facts),
    fix: "Scale it down, or raise maxPixels.",
  },
  zlib_header_invalid: { section: "10.1", message: (facts) => mustBe("The zlib header", facts) },
  zlib_stream_invalid: { section: "10.1", message: ({ received }) => `The zlib stream ${received}.` },
  data_after_zlib_stream: {
    section: "10.1",
    severity: "warning",
    message: ({ chunk, received }) => `${chunk} goes on after the zlib stream, for ${received}.`,
  },
  image_data_too_short: { section: "7.2", message: (facts) => mustBe("The image data", facts) },
  image_data_too_long: { section: "7.2", message: ({ allowed }) => `The image data exceeds ${allowed}.` },
  filter_type_invalid: { section: "9.2", message: (facts) => mustBe("The filter type", facts) },
  palette_index_invalid: {
    section: "11.2.2",
    severity: "warning",
    message: (facts) => mustBe("The palette index", facts),
    fix: "Re-save the image as PNG: decoders differ in the color that they show.",
  },
  palette_unchecked: {
    section: "11.2.2",
    severity: "warning",
    message: ({ received, allowed }) =>
      `The palette indices were not checked: the image data has ${received}, the limit is ${allowed}.`,
    fix: "Re-save the image as PNG.",
  },
};
