import type { Allowed, Severity } from "./describe.ts";
import type { JsonIssueCode } from "./json/json-issues.ts";
import type { ParameterIssueCode } from "./parameters/parameter-issues.ts";
import type { HeaderIssueCode } from "./png/header-issues.ts";
import type { FileIssueCode } from "./png/file-issues.ts";

/** What is wrong, in a word that stays the same from release to release: `number_too_large`, `chunk_missing`. */
export type IssueCode = ParameterIssueCode | JsonIssueCode | HeaderIssueCode | FileIssueCode | "unreadable";

/** One thing wrong with a request or with an image. */
export interface Issue {
  readonly code: IssueCode;
  /** An error makes the request or the image invalid; a warning does not. */
  readonly severity: Severity;
  /** The parameter's name, then positions in arrays and names in objects. Empty if the issue concerns the whole request or file. */
  readonly path: readonly (string | number)[];
  /** A sentence for people, with what was received and what is allowed. */
  readonly message: string;
  /** The invalid value; of an image, the fact at fault, such as `1200x800`. */
  readonly received: unknown;
  /** The limit, the values, or the kind of value that would be valid. */
  readonly allowed: Allowed;
  /** What to do about it. */
  readonly fix: string;
  /** Only in an image: the position in the file, in bytes from its start. */
  readonly offset?: number;
  /** Only if the issue concerns a chunk: its type, such as `IDAT`. */
  readonly chunk?: string;
  /**
   * The section of the PNG specification, third edition (https://www.w3.org/TR/png-3/), that is violated, such as
   * `11.2.1`. Missing if the limit is the API's own.
   */
  readonly section?: string;
}
