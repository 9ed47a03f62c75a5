import { mustBe } from "../describe.ts";
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
export const truncated: IssueDefinition<TruncatedFacts> = {
  section: "13.1",
  severity: "error",
  message: ({ where }) => `The file ends ${where}: it is truncated.`,
  fix: "Download or copy it again.",
};

/** A field of IHDR, which the code names. */
const field: IssueDefinition<ChunkFacts> = {
  section: "11.2.1",
  message: ({ code, chunk, ...facts }) => mustBe(`The ${code.slice(0, -8).replace("_", " ")} in ${chunk}`, facts),
};

const file = (facts: Facts): string => mustBe("The file", facts);
const scaleDown = "Scale it down.";

/** Every issue of a file's first bytes and of its size. */
export const headerIssues: IssueTable<HeaderIssues> = {
  empty: { section: "5.2", message: () => "The file is empty.", fix: "Check where the file comes from." },
  not_png: { section: "5.2", message: file },
  truncated,
  first_chunk_invalid: { section: "11.2.1", message: (facts) => mustBe("The first chunk", facts) },
  width_invalid: field,
  height_invalid: field,
  bit_depth_invalid: field,
  color_type_invalid: field,
  compression_method_invalid: field,
  filter_method_invalid: field,
  interlace_method_invalid: field,
  not_square: { message: (facts) => mustBe("The image", facts), fix: "Crop or pad it to a square." },
  too_large: { message: file, fix: scaleDown },
  nearly_too_large: {
    severity: "warning",
    message: ({ received, allowed }) => `The file has ${received}, but some servers accept only ${allowed}.`,
    fix: scaleDown,
  },
};
