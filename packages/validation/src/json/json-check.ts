import type { Issue } from "../issue.ts";
import type { ParameterCheck, Suggest } from "../parameters/parameter-check.ts";
import type { JsonRules } from "./json-rules.ts";

/** A value of a request that goes over the wire as JSON, and what receives its issues. */
export interface JsonToCheck {
  readonly rules: JsonRules;
  readonly value: unknown;
  readonly path: Issue["path"];
  readonly found: ParameterCheck;
  readonly suggest?: Suggest | undefined;
}

/** Checks a JSON value by its rules, and adds what is wrong. */
export type JsonCheck = (check: JsonToCheck) => void;
