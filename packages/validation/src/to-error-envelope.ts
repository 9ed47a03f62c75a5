import { describeValue } from "./describe.ts";
import { createImageVariation } from "./generated/parameter-tables.ts";
import type { ErrorResponse } from "./generated/schema.ts";
import type { Issue, IssueCode } from "./issue.ts";
import type { ImageLimits, Parameter, ParameterTable } from "./parameter-table.ts";

/**
 * The body with which a server rejects a request, in the wording of the official server, on which programs match. Of
 * several issues it reports the one that such a server meets first: a parameter that is missing, unknown, of the wrong
 * type or out of range, in this order, then what is wrong with an image, its shape last.
 *
 * @param issues The issues of a validator; at least one.
 * @param table The table of the operation, for the limits that the message names. Default: POST /images/variations.
 * @throws RangeError if there are no issues.
 */
export function toErrorEnvelope(issues: readonly Issue[], table: ParameterTable = createImageVariation): ErrorResponse {
  const [first] = issues.toSorted((a, b) => rank(a) - rank(b));
  if (!first) throw new RangeError("toErrorEnvelope needs at least one issue.");
  const parameter = table.find(({ name }) => name === first.path[0]);
  const isNotImage = first.code === "wrong_type" && parameter?.kind.startsWith("image");
  const message = ((!isNotImage && wireMessages[first.code]) || imageMessage)(first, parameter);
  return { error: { code: null, message, param: null, type: "invalid_request_error" } };
}

type WireMessage = (issue: Issue, parameter?: Parameter) => string;

const tooSmall: WireMessage = (issue) => about(issue, `is less than the minimum of ${issue.allowed}`);
const tooLarge: WireMessage = (issue) => about(issue, `is greater than the maximum of ${issue.allowed}`);
const tooShort: WireMessage = (issue) => about(issue, "is too short");
const tooLong: WireMessage = (issue) => about(issue, "is too long");

/** In the order in which a server checks: the form of a request, then its values, then its images. */
const wireMessages: { readonly [Code in IssueCode]?: WireMessage } = {
  missing: ({ path }) => `'${path[0]}' is a required property`,
  unknown_parameter: ({ path: [name] }) =>
    `Additional properties are not allowed (${literal(String(name))} was unexpected)`,
  wrong_type: (issue, parameter) => about(issue, `is not of type '${parameter?.kind ?? "object"}'`),
  not_allowed: (issue) => about(issue, `is not one of [${[issue.allowed].flat().map(literal).join(", ")}]`),
  number_too_small: tooSmall,
  text_too_short: tooShort,
  too_few_images: tooShort,
  number_too_large: tooLarge,
  text_too_long: tooLong,
  too_many_images: tooLong,
  pattern_mismatch: (issue) => about(issue, `does not match '${issue.allowed}'`),
  // Every other issue of an image ranks between these two, with imageMessage.
  not_square: ({ received }) =>
    `Invalid input image - expected an image with equal width and height, got ${received} instead.`,
};

function rank({ code }: Issue): number {
  const codes = Object.keys(wireMessages);
  const position = codes.indexOf(code);
  return position < 0 ? codes.length - 1.5 : position;
}

function about({ received, path: [name] }: Issue, statement: string): string {
  return `${literal(received)} ${statement}${name ? ` - '${name}'` : ""}`;
}

function imageMessage(_: Issue, parameter?: Parameter): string {
  const { mediaTypes = ["image/png"], exclusiveMaximumBytes } = (parameter ?? {}) as ImageLimits;
  const formats = mediaTypes.map((type) => type.replace("image/", "").toUpperCase()).join(", ");
  const size = exclusiveMaximumBytes ? ` and less than ${exclusiveMaximumBytes / 2 ** 20} MB` : "";
  return `Uploaded image must be a ${formats}${size}.`;
}

/** A value as the official server writes it, which is a Python literal. */
function literal(value: unknown): string {
  if (typeof value === "string") {
    const text = value.length > maxLength ? `${value.slice(0, maxLength)}…` : value;
    return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "\\'")}'`;
  }
  // Array.isArray throws for a revoked proxy, describeValue doesn't.
  if (Object(value) === value) return describeValue(value) === "object Array" ? "[...]" : "{...}";
  if (typeof value === "bigint") return describeValue(value).replace(/n$/, "");
  return pythonNames[String(value)] ?? String(value).slice(0, maxLength);
}

const maxLength = 1000;
const pythonNames: { readonly [value: string]: string } = {
  true: "True",
  false: "False",
  null: "None",
  undefined: "None",
};
