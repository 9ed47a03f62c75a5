import { parameterIssues, type IssueWords } from "../parameters/parameter-issues.ts";

/** What can be wrong with a JSON value, beside what can be wrong with any parameter. */
export type JsonIssueCode =
  | "number_not_below"
  | "number_not_above"
  | "not_a_multiple"
  | "too_few_items"
  | "too_many_items"
  | "items_repeated"
  | "too_few_properties"
  | "too_many_properties"
  | "no_alternative"
  | "format_mismatch"
  | "undocumented_parameter";

/** Every issue that only a JSON value can have. */
const jsonIssues: { readonly [Code in JsonIssueCode]: IssueWords } = {
  number_not_below: { expected: "less than {allowed}" },
  number_not_above: { expected: "more than {allowed}" },
  not_a_multiple: { expected: "a multiple of {allowed}" },
  too_few_items: { expected: "at least {allowed item}" },
  too_many_items: { expected: "at most {allowed item}" },
  items_repeated: { message: "{name} must not have an item twice, and has {received}.", fix: "Remove one of them." },
  too_few_properties: { expected: "at least {allowed field}" },
  too_many_properties: { expected: "at most {allowed field}" },
  no_alternative: {},
  format_mismatch: { severity: "warning", message: "{name} is {received}, which does not look like {allowed}." },
  undocumented_parameter: {
    severity: "warning",
    message: "{received} is not a documented parameter.",
    fix: "Remove it, or ignore this.",
  },
};

/** The words of every issue that a JSON value can have. */
export const jsonWords: typeof parameterIssues & typeof jsonIssues = { ...parameterIssues, ...jsonIssues };
