import type { ChunkFacts, Facts, IssueDefinition, IssueTable } from "./issue-table.ts";

/** What the first bytes and the size of a file show to be wrong, and the facts that each message needs. */
export interface HeaderIssues {
  readonly empty: Facts;
  readonly not_png: Facts;
  readonly truncated: TruncatedFacts;
  readonly first_chunk_invalid: Facts;
  readonly width_invalid: ChunkFacts;
  readonly height_invalid: ChunkFacts;
  readonly bit_depth_invalid: ChunkFacts;
  readonly color_type_invalid: ChunkFacts;
  readonly compression_method_invalid: ChunkFacts;
  readonly filter_method_invalid: ChunkFacts;
  readonly interlace_method_invalid: ChunkFacts;
  readonly not_square: Facts;
  readonly too_large: Facts;
  readonly nearly_too_large: Facts;
}

/** The codes of these issues. */
export type HeaderIssueCode = keyof HeaderIssues;

/** The facts of a file that ends too early. */
export interface TruncatedFacts extends Facts {
  /** `after 20 bytes`. */
  readonly where: string;
}

/** A file that ends too early, in its header or later. */
export const truncated: IssueDefinition = {
  section: "13.1",
  severity: "error",
  message: "The file ends {where}: it is truncated.",
  fix: "Download or copy it again.",
};

/** Every issue of a file's first bytes and of its size. */
export const headerIssues: IssueTable<HeaderIssues> = {
  empty: { section: "5.2", message: "The file is empty.", fix: "Check where the file comes from." },
  not_png: { section: "5.2", name: "The file" },
  truncated,
  first_chunk_invalid: { section: "11.2.1", name: "The first chunk" },
  width_invalid: { section: "11.2.1", name: "The width in IHDR" },
  height_invalid: { section: "11.2.1", name: "The height in IHDR" },
  bit_depth_invalid: { section: "11.2.1", name: "The bit depth in IHDR" },
  color_type_invalid: { section: "11.2.1", name: "The color type in IHDR" },
  compression_method_invalid: {
    section: "11.2.1",
    name: "The compression method in IHDR",
  },
  filter_method_invalid: { section: "11.2.1", name: "The filter method in IHDR" },
  interlace_method_invalid: {
    section: "11.2.1",
    name: "The interlace method in IHDR",
  },
  not_square: { name: "The image", fix: "Crop or pad it to a square." },
  too_large: { name: "The file", fix: "Scale it down." },
  nearly_too_large: {
    severity: "warning",
    message: "The file has {received}, but some servers accept only {allowed}.",
    fix: "Scale it down.",
  },
};
