import type { Parameter, TextParameter } from "../parameter-table.ts";
import { closestMatch } from "./closest-match.ts";

/**
 * What a caller probably meant by an invalid value: the nearest of the choices, or the same value in the right type, as
 * source code. Undefined if the value gives no hint.
 *
 * @param choices The valid values, or the names of the parameters; empty if the type is wrong.
 */
export function suggestValue(
  value: unknown,
  choices: readonly (string | number)[],
  parameter?: Parameter,
): string | undefined {
  // A long value is not a typo, unless it stands for an image.
  const isShort =
    typeof value === "string" ? value.length <= 100 : ["number", "bigint", "boolean"].includes(typeof value);
  const kind = parameter?.kind;
  if (kind === "image" && typeof value === "string") {
    if (/^(https?|data):/i.test(value)) return "await fetch(url)";
    return value.startsWith("iVBOR") ? 'Buffer.from(base64, "base64")' : "fs.createReadStream(path)";
  }
  if (!isShort) return undefined;
  if (choices.length > 0) {
    return typeof value === "string" || typeof value === "number"
      ? closestMatch(value, choices)?.toString()
      : undefined;
  }
  if (kind === "string" && typeof value === "number") {
    return JSON.stringify(closestMatch(value, (parameter as TextParameter).allowed ?? []) ?? String(value));
  }
  if (kind === "boolean") return /^(true|false)$/.exec(String(value))?.[0];
  if (kind !== "integer" && kind !== "number") return undefined;
  const number = typeof value === "boolean" || value === "" ? NaN : Number(value);
  if (!Number.isFinite(number)) return undefined;
  return kind === "integer" ? String(Math.round(number)) : String(number);
}
