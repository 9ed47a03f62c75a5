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

/** Every issue of the chunks and of the pixels. */
export const fileIssues: IssueTable<FileIssues> = {
  truncated,
  crc_mismatch: {
    section: "5.5",
    severity: "error",
    name: "The CRC of {chunk}",
    fix: "The file is damaged: download or copy it again.",
  },
  chunk_type_invalid: { section: "5.3", name: "The chunk type" },
  chunk_type_reserved: {
    section: "5.4",
    severity: "warning",
    name: "The third letter of {chunk}",
  },
  chunk_unknown: { section: "13.1", message: "{chunk} is an unknown critical chunk." },
  chunk_missing: { section: "5.6", message: "No {chunk} chunk: {because}." },
  chunk_duplicate: { section: "5.6", message: "A second {chunk} chunk: at most one is allowed." },
  chunk_out_of_order: { section: "5.6", message: "{chunk} must come {allowed}, not {received}." },
  chunk_not_allowed: { message: "{chunk} is not allowed with color type {colorType}." },
  chunk_too_long: {
    section: "5.3",
    severity: "error",
    message: "The length of {chunk} must be {allowed}, not {received byte}.",
  },
  chunk_length_invalid: { message: "The length of {chunk} must be {allowed}, not {received byte}." },
  sequence_number_invalid: {
    section: "13.1",
    name: "The sequence number of {chunk}",
  },
  frame_count_mismatch: {
    section: "11.3.6.1",
    message: "{chunk} announces {allowed frame}, but the file has {received}.",
  },
  data_after_iend: { section: "5.6", severity: "warning", message: "The file continues for {received} after IEND." },
  too_many_pixels: {
    name: "The image",
    fix: "Scale it down, or raise maxPixels.",
  },
  zlib_header_invalid: { section: "10.1", name: "The zlib header" },
  zlib_stream_invalid: { section: "10.1", message: "The zlib stream {received}." },
  data_after_zlib_stream: {
    section: "10.1",
    severity: "warning",
    message: "{chunk} continues for {received} after the zlib stream.",
  },
  image_data_too_short: { section: "7.2", name: "The image data" },
  image_data_too_long: { section: "7.2", message: "The image data exceeds {allowed}." },
  filter_type_invalid: { section: "9.2", name: "The filter type" },
  palette_index_invalid: {
    section: "11.2.2",
    severity: "warning",
    name: "The palette index",
    fix: "Re-save the image as PNG: decoders differ in the color that they show.",
  },
  palette_unchecked: {
    section: "11.2.2",
    severity: "warning",
    message: "The palette indices were not checked: the image data has {received}, and the limit is {allowed}.",
  },
};
