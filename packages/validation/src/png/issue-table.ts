import type { Allowed, Severity } from "../describe.ts";

/** What every report of an issue in an image says. */
export interface Facts {
  readonly received: string | number;
  readonly allowed: Allowed;
  /** In bytes from the start of the file. Default: 0. */
  readonly offset?: number;
  readonly chunk?: string;
  /** In place of the table's section, if it depends on the chunk. */
  readonly section?: string | undefined;
  /** In place of the table's fix, if it depends on the file. */
  readonly fix?: string | undefined;
}

/** A report that concerns a chunk. */
export interface ChunkFacts extends Facts {
  readonly chunk: string;
}

/** One kind of issue in an image. */
export interface IssueDefinition {
  /** The section of the PNG specification. Default: none, as the limit is the API's own. */
  readonly section?: string;
  /** Default: an error, but a warning in an ancillary chunk, which a decoder can do without (section 13.1). */
  readonly severity?: Severity;
  /** What is at fault, if the sentence is `… must be 3, not 4.`; `{chunk}` and every other fact are filled in. */
  readonly name?: string;
  /** Any other sentence. */
  readonly message?: string;
  /** Default: `Re-save the image as PNG.` */
  readonly fix?: string;
}

/** The definition of each issue, by its code. `Table` has the facts that each needs. */
export type IssueTable<Table> = { readonly [Code in keyof Table]: IssueDefinition };

/** Reports an issue by its code, with the facts that its message needs. */
export type Report<Table> = <Code extends keyof Table>(code: Code, facts: Table[Code]) => void;
