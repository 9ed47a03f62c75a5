import type { Issue } from "./issue.ts";
import type { ImageLimits, ParameterTable } from "./parameter-table.ts";
import type { JsonCheck } from "./json/json-check.ts";
import { checkTable } from "./parameters/check-parameters.ts";
import type { ParameterCheck, Suggest, UnknownCheck } from "./parameters/parameter-check.ts";
import { describePath } from "./parameters/create-report.ts";
import { readParameters } from "./parameters/read-parameters.ts";
import type { PngInspection } from "./png/png-inspection.ts";
import { ImageReadError, ImageSourceError, messageOf } from "./sources/image-read-error.ts";
import type { ImageSource } from "./sources/image-source.ts";

/** Checks the parameters of one operation, images included. Never throws for what a caller passes. */
export type Validator = (parameters: unknown) => Promise<ValidationResult>;

/** Whether a request can be sent, and if not, everything that is wrong with it. */
export interface ValidationResult {
  /** True if there are no issues; warnings don't count. */
  readonly valid: boolean;
  /** Every error, in the order of the operation's parameters. */
  readonly issues: readonly Issue[];
  /** What some servers may reject, or what may be a mistake. */
  readonly warnings: readonly Issue[];
  /** The images that could be read, with the inspection of each. */
  readonly images: readonly InspectedImage[];
  /** What to send: the parameters as passed, but with a new source for an image from a stream, which is read only once. */
  readonly parameters: unknown;
}

/** An image among the parameters. */
export interface InspectedImage {
  readonly path: Issue["path"];
  readonly inspection: PngInspection;
}

/** How a validator inspects images: `inspectPngHeader`, or a function that looks deeper. */
export type ImageInspector = (source: ImageSource, options: { readonly limits: ImageLimits }) => Promise<PngInspection>;

/** Options of `createValidator`. */
export interface ValidatorOptions {
  /** Inspects each image: `inspectPngHeader`, `inspectPng`. Default: an image is anything that bytes can be read from. */
  readonly inspect?: ImageInspector;
  /** Guesses what was meant, for the fixes: `suggestValue`. Default: no guesses. */
  readonly suggest?: Suggest;
  /** Checks parameters that are lists or objects: `createJsonCheck()`. Default: they are not checked. */
  readonly json?: JsonCheck;
  /** Tells of parameters that the table does not have: `warnIfMisspelt`. Default: each is an error. */
  readonly unknown?: UnknownCheck;
}

/**
 * Creates the validator of an operation from its table. A bundle has only what the chosen `inspect` and `suggest` need.
 */
export function createValidator(table: ParameterTable, { inspect, ...options }: ValidatorOptions = {}): Validator {
  return async (parameters) => {
    // Each property is read once: what is checked is what is sent.
    const read = readParameters(parameters);
    const found: ParameterCheck = { issues: [], warnings: [] };
    const images: InspectedImage[] = [];
    let isReplaced = false;
    for (const { path, source, limits, replace } of checkTable({ table, read, found, ...options })) {
      if (!inspect) continue;
      try {
        const inspection = await inspect(source, { limits });
        images.push({ path, inspection });
        for (const issue of inspection.issues) {
          const list = issue.severity === "error" ? found.issues : found.warnings;
          list.push({ ...issue, path, message: `${describePath(path)}: ${issue.message}` });
        }
        if (inspection.source === source) continue;
        replace(inspection.source);
        isReplaced = true;
      } catch (error) {
        if (!(error instanceof ImageReadError || error instanceof ImageSourceError)) throw error;
        found.issues.push(unreadable(path, error));
      }
    }
    const { issues, warnings } = found;
    const sent = isReplaced && read.values ? Object.fromEntries(read.values) : parameters;
    return { valid: issues.length === 0, issues, warnings, images, parameters: sent };
  };
}

function unreadable(path: Issue["path"], { message, cause }: Error): Issue {
  return {
    code: "unreadable",
    severity: "error",
    path,
    message: `${describePath(path)}: ${message}`,
    received: messageOf(cause),
    allowed: "an image",
    fix: "Open it again, and pass it before anything else reads it.",
  };
}
