import type { Severity } from "../describe.ts";

/** What can be wrong with a parameter, apart from the content of an image. */
export type ParameterIssueCode =
  | "missing"
  | "wrong_type"
  | "not_allowed"
  | "unknown_value"
  | "pattern_mismatch"
  | "number_too_small"
  | "number_too_large"
  | "text_too_short"
  | "text_too_long"
  | "too_few_images"
  | "too_many_images"
  | "unknown_parameter";

/** The words for one kind of issue; `{name}`, `{allowed}` and `{received}` are filled in. */
export interface IssueWords {
  /** Default: error. */
  readonly severity?: Severity;
  /** What to pass. Default: what is allowed. */
  readonly expected?: string;
  /** Default: `n must be at most 10, not 15.` */
  readonly message?: string;
  /** What to do if it isn't clear what was meant. Default: `Pass at most 10.` */
  readonly fix?: string;
}

/** Every issue of a parameter. */
export const parameterIssues: { readonly [Code in ParameterIssueCode]: IssueWords } = {
  missing: { message: "{name} is missing: it must be {allowed}." },
  wrong_type: {},
  not_allowed: {},
  unknown_value: { severity: "warning", message: "{name} is {received}, which is not a known name." },
  pattern_mismatch: { expected: "text that matches {allowed}" },
  number_too_small: { expected: "at least {allowed}" },
  number_too_large: { expected: "at most {allowed}" },
  text_too_short: { expected: "at least {allowed character}" },
  text_too_long: { expected: "at most {allowed character}" },
  too_few_images: { expected: "at least {allowed image}" },
  too_many_images: { expected: "at most {allowed image}" },
  unknown_parameter: {
    message: "Unknown parameter: {received}.",
    fix: "Remove it. The parameters are {allowed}.",
  },
};
