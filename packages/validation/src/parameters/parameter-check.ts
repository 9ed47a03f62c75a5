import type { Issue } from "../issue.ts";
import type { Parameter, ParameterTable } from "../parameter-table.ts";

/** What is wrong with the parameters of a request. */
export interface ParameterCheck {
  readonly issues: Issue[];
  readonly warnings: Issue[];
}

/** Guesses what was meant by an invalid value: `suggestValue`. */
export type Suggest = (
  value: unknown,
  choices: readonly (string | number)[],
  parameter?: Parameter,
) => string | undefined;

/** Tells of parameters that the table does not have. */
export type UnknownCheck = (
  values: ReadonlyMap<string, unknown>,
  check: { readonly table: ParameterTable; readonly found: ParameterCheck; readonly suggest?: Suggest | undefined },
) => void;
