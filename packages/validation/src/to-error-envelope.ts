import { createImageVariation } from "./generated/parameter-tables.ts";
import type { ErrorResponse } from "./generated/schema.ts";
import type { ImageLimits } from "./image-limits.ts";
import type { Parameter, ParameterTable } from "./parameter-table.ts";
import { describeValue } from "./parameters/describe-value.ts";
import type { Problem } from "./problem.ts";

/**
 * The body with which a server refuses a request, in the wording of the official one, on which programs match. Of
 * several problems it says the one that such a server meets first: parameters that are missing, unknown, of a wrong
 * type or out of range, in this order, then what is wrong with an image, its shape last.
 *
 * @param problems What a validator found; at least one.
 * @param table The table of the operation, for the limits that the message names. Default: POST /images/variations.
 * @throws RangeError where there is no problem.
 */
export function toErrorEnvelope(
  problems: readonly Problem[],
  table: ParameterTable = createImageVariation,
): ErrorResponse {
  const [first] = problems.toSorted((a, b) => rank(a) - rank(b));
  if (!first) throw new RangeError("There is no problem to make an error of.");
  const parameter = table.find(({ name }) => name === first.path[0]);
  const isNotImage = first.code === "kind" && parameter?.kind.startsWith("image");
  const message = ((!isNotImage && wireMessages[first.code]) || imageMessage)(first, parameter);
  return { error: { code: null, message, param: null, type: "invalid_request_error" } };
}

type WireMessage = (problem: Problem, parameter?: Parameter) => string;

/** In the order in which a server looks: at the form of a request, then at its values, then into its images. */
const wireMessages: { readonly [code: string]: WireMessage } = {
  required: ({ path }) => `'${path[0]}' is a required property`,
  unknown: ({ path: [name] }) => `Additional properties are not allowed (${literal(String(name))} was unexpected)`,
  kind: (problem, parameter) => about(problem, `is not of type '${parameter?.kind ?? "object"}'`),
  allowed: (problem) => about(problem, `is not one of [${[problem.allowed].flat().map(literal).join(", ")}]`),
  minimum: (problem) =>
    about(problem, isNumber(problem) ? `is less than the minimum of ${problem.allowed}` : "is too short"),
  maximum: (problem) =>
    about(problem, isNumber(problem) ? `is greater than the maximum of ${problem.allowed}` : "is too long"),
  pattern: (problem) => about(problem, `does not match '${problem.allowed}'`),
  // Every other finding in an image stands between these two and is an imageMessage.
  not_square: ({ received }) =>
    `Invalid input image - expected an image with equal width and height, got ${received} instead.`,
};

function rank({ code }: Problem): number {
  const codes = Object.keys(wireMessages);
  const position = codes.indexOf(code);
  return position < 0 ? codes.length - 1.5 : position;
}

function isNumber({ received }: Problem): boolean {
  return typeof received === "number";
}

function about({ received, path: [name] }: Problem, words: string): string {
  return `${literal(received)} ${words}${name ? ` - '${name}'` : ""}`;
}

function imageMessage(_: Problem, parameter?: Parameter): string {
  const { mediaTypes = ["image/png"], exclusiveMaximumBytes } = (parameter ?? {}) as ImageLimits;
  const formats = mediaTypes.map((type) => type.replace("image/", "").toUpperCase()).join(", ");
  const size = exclusiveMaximumBytes ? ` and less than ${exclusiveMaximumBytes / 2 ** 20} MB` : "";
  return `Uploaded image must be a ${formats}${size}.`;
}

/** A value as the official server writes it, which is in Python's way. */
function literal(value: unknown): string {
  if (typeof value === "string") {
    const text = value.length > longest ? `${value.slice(0, longest)}…` : value;
    return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
  }
  // Array.isArray throws for a proxy that has been revoked, and describing it doesn't.
  if (Object(value) === value) return describeValue(value) === "object Array" ? "[...]" : "{...}";
  if (typeof value === "bigint") return describeValue(value).replace(/n$/, "");
  return names[String(value)] ?? String(value).slice(0, longest);
}

const longest = 1000;
const names: { readonly [value: string]: string } = { true: "True", false: "False", null: "None", undefined: "None" };
