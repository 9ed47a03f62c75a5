import { createImageVariation } from "./generated/parameter-tables.ts";
import type { ErrorResponse } from "./generated/schema.ts";
import type { ImageLimits } from "./image-limits.ts";
import type { Parameter, ParameterTable } from "./parameter-table.ts";
import type { Problem } from "./problem.ts";

/**
 * The body with which a server refuses a request, in the wording of the official one, on which programs match. Of
 * several problems it says the one that such a server meets first: parameters that are missing, unknown, of a wrong
 * type or out of range, in this order, then what is wrong with a picture, its shape last.
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
  const message = (wireMessages[first.code] ?? imageMessage)(first, table);
  return { error: { code: null, message, param: null, type: "invalid_request_error" } };
}

type WireMessage = (problem: Problem, table: ParameterTable) => string;

/** In the order in which a server looks: at the form of a request, then at its values, then into its pictures. */
const wireMessages: { readonly [code: string]: WireMessage } = {
  missing: ({ path }) => `'${path[0]}' is a required property`,
  unknown_parameter: ({ path }) => `Additional properties are not allowed ('${path[0]}' was unexpected)`,
  null_not_allowed: typeMessage,
  wrong_type: typeMessage,
  not_allowed: ({ received, allowed, path }) =>
    `${literal(received)} is not one of [${[allowed].flat().map(literal).join(", ")}] - '${path[0]}'`,
  below_minimum: ({ received, allowed, path }) => `${received} is less than the minimum of ${allowed} - '${path[0]}'`,
  above_maximum: ({ received, allowed, path }) =>
    `${received} is greater than the maximum of ${allowed} - '${path[0]}'`,
  too_short: ({ received, path }) => `${literal(received)} is too short - '${path[0]}'`,
  too_long: ({ received, path }) => `${literal(received)} is too long - '${path[0]}'`,
  pattern_mismatch: ({ received, allowed, path }) => `${literal(received)} does not match '${allowed}' - '${path[0]}'`,
  // Every other finding in a picture stands between these two and is an imageMessage.
  not_square: ({ received }) =>
    `Invalid input image - expected an image with equal width and height, got ${received} instead.`,
};

function rank({ code }: Problem): number {
  const codes = Object.keys(wireMessages);
  const position = codes.indexOf(code);
  return position < 0 ? codes.length - 1.5 : position;
}

function typeMessage(problem: Problem, table: ParameterTable): string {
  const parameter = parameterOf(problem, table);
  if (parameter?.kind.startsWith("image")) return imageMessage(problem, table);
  const place = parameter ? ` - '${parameter.name}'` : "";
  return `${literal(problem.received)} is not of type '${parameter?.kind ?? "object"}'${place}`;
}

function imageMessage(problem: Problem, table: ParameterTable): string {
  const limits = parameterOf(problem, table) as ImageLimits | undefined;
  const { mediaTypes = ["image/png"], exclusiveMaximumBytes } = limits ?? {};
  const formats = mediaTypes.map((type) => type.replace("image/", "").toUpperCase()).join(", ");
  const size = exclusiveMaximumBytes ? ` and less than ${exclusiveMaximumBytes / 2 ** 20} MB` : "";
  return `Uploaded image must be a ${formats}${size}.`;
}

function parameterOf({ path: [name] }: Problem, table: ParameterTable): Parameter | undefined {
  return table.find((parameter) => parameter.name === name);
}

/** A value as the official server writes it, which is in Python's way. */
function literal(value: unknown): string {
  if (typeof value === "string") {
    const text = value.length > longest ? `${value.slice(0, longest)}…` : value;
    return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
  }
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || value === undefined) return "None";
  return Array.isArray(value) ? "[...]" : "{...}";
}

const longest = 1000;
