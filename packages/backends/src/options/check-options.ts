import { type Check, isRecord } from "./checks.ts";

/** A check for every option that there is. */
export type OptionChecks<Options> = { readonly [Name in keyof Required<Options>]: Check };

/**
 * Checks the options of a backend.
 *
 * @param backend The function's name, as the caller wrote it.
 * @throws TypeError that names the option, what was received and what is allowed.
 */
export function checkOptions<Options extends object>(
  backend: string,
  options: Options,
  checks: OptionChecks<Options>,
): void {
  if (!isRecord(options)) throw new TypeError(`${backend} takes an object of options, got ${show(options)}.`);
  const table = checks as Readonly<Record<string, Check>>;
  const names = Object.keys(table);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const meant = names.find((known) => known.toLowerCase() === name.toLowerCase().replaceAll(/[-_]/g, ""));
    const hint = meant ? `Did you mean ${meant}?` : `Its options are ${names.join(", ")}.`;
    throw new TypeError(`${backend} has no option ${name}. ${hint}`);
  }
  for (const [name, check] of Object.entries(table)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    const allowed = check(value);
    if (allowed === undefined) continue;
    const { secret = false } = check;
    const isSecret = typeof secret === "function" ? secret(value) : secret;
    throw new TypeError(`${backend}: \`${name}\` must be ${allowed}, got ${isSecret ? kindOf(value) : show(value)}.`);
  }
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
  return ["object", "function", "symbol"].includes(typeof value) && value !== null ? kindOf(value) : String(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "an object" : value === "" ? "an empty string" : `a ${typeof value}`;
}
