import { mustBe, type Allowed, type Severity } from "../describe.ts";

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

/** What the sentences are made of. */
export interface ParameterFacts {
  /** The parameter: `image.1`. */
  readonly name: string;
  /** The received value, in words. */
  readonly received: string;
  /** What is allowed, in words. */
  readonly allowed: string;
}

interface ParameterIssue {
  /** Default: error. */
  readonly severity?: Severity;
  /** What to pass, in words. Default: what is allowed. */
  readonly expected?: (allowed: Allowed) => string;
  /** Default: `n must be at most 10, not 15.` */
  readonly message?: (facts: ParameterFacts) => string;
  /** What to do if it isn't clear what was meant. Default: `Pass at most 10.` */
  readonly fix?: (facts: ParameterFacts) => string;
}

/** The sentence of an issue, unless its own row has another. */
export const defaultMessage = (facts: ParameterFacts): string => mustBe(facts.name, facts);

/** Every issue of a parameter. */
export const parameterIssues: { readonly [Code in ParameterIssueCode]: ParameterIssue } = {
  missing: { message: ({ name, allowed }) => `${name} is missing: it must be ${allowed}.` },
  wrong_type: {},
  not_allowed: {},
  unknown_value: {
    severity: "warning",
    message: ({ name, received }) => `${name} is ${received}, which is not a known name.`,
  },
  pattern_mismatch: { expected: (pattern) => `text that matches ${pattern}` },
  number_too_small: { expected: (limit) => `at least ${limit}` },
  number_too_large: { expected: (limit) => `at most ${limit}` },
  text_too_short: { expected: (limit) => `at least ${limit} characters` },
  text_too_long: { expected: (limit) => `at most ${limit} characters` },
  too_few_images: { expected: (limit) => `at least ${limit} images` },
  too_many_images: { expected: (limit) => `at most ${limit} images` },
  unknown_parameter: {
    message: ({ received }) => `Unknown parameter: ${received}.`,
    fix: ({ allowed }) => `Remove it. The parameters are ${allowed}.`,
  },
};
