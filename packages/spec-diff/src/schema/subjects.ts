import type { TypeName } from "./type-names.ts";

const numbers: readonly TypeName[] = ["integer", "number"];

/** The types that a limit applies to. A limit on text says nothing about a number. */
export const subjects: Readonly<Record<string, readonly TypeName[]>> = {
  minimum: numbers,
  maximum: numbers,
  minLength: ["string"],
  maxLength: ["string"],
  minItems: ["array"],
  maxItems: ["array"],
  minContains: ["array"],
  maxContains: ["array"],
  minProperties: ["object"],
  maxProperties: ["object"],
};

/** The types that other rules apply to; those that are not listed apply to any. */
export const subjectsOfRules: ReadonlyMap<string, readonly TypeName[]> = new Map([
  ["pattern", ["string"]],
  ["multipleOf", numbers],
  ["uniqueItems", ["array"]],
  ["contentEncoding", ["string"]],
  ["contentMediaType", ["string"]],
]);

/** Whether some of a schema's types are among a rule's. */
export function areSubject(types: ReadonlySet<TypeName> | undefined, subject: readonly TypeName[]): boolean {
  return !types || subject.some((type) => types.has(type));
}
