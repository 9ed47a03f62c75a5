import type { ImageLimits } from "./image-limits.ts";
import type { ImageSource } from "./image-source.ts";
import type { ParameterTable } from "./parameter-table.ts";
import {
  checkValues,
  longestName,
  mostItems,
  type ParameterCheck,
  type Suggest,
} from "./parameters/check-parameters.ts";
import { readParameters } from "./parameters/read-parameters.ts";
import type { PngInspection } from "./png/png-inspection.ts";
import type { Problem } from "./problem.ts";
import { ImageReadError, ImageSourceError, messageOf } from "./source/image-read-error.ts";
import { isImageSource } from "./source/is-image-source.ts";

/** Checks the parameters of one operation, images included. Never throws for what a caller passes. */
export type Validator = (parameters: unknown) => Promise<ValidationResult>;

/** Whether a request can be sent, and if not, all that is wrong with it. */
export interface ValidationResult {
  /** True if there is no problem; warnings don't count. */
  readonly valid: boolean;
  /** All that is wrong, in the order of the operation's parameters. */
  readonly problems: readonly Problem[];
  /** What some server may refuse, or may have been meant otherwise. */
  readonly warnings: readonly Problem[];
  /** The images that could be read, and what was found in each. */
  readonly images: readonly InspectedImage[];
  /**
   * What to send: the parameters as they were passed; if an image was a stream, which is read only once, with
   * what takes its place.
   */
  readonly parameters: unknown;
}

/** An image among the parameters. */
export interface InspectedImage {
  readonly path: Problem["path"];
  readonly inspection: PngInspection;
}

/** How a validator looks into images: `inspectPngHeader`, or one that looks deeper. */
export type ImageInspector = (source: ImageSource, options: { readonly limits: ImageLimits }) => Promise<PngInspection>;

/** How a validator is made. */
export interface ValidatorOptions {
  /** How images are looked into. */
  readonly inspect: ImageInspector;
  /** How it is found out what was meant, for the fixes: `suggestValue`. Default: not at all. */
  readonly suggest?: Suggest;
}

/**
 * Makes the validator of an operation out of its table, with a chosen depth of looking into images. A bundle then
 * has only what it needs.
 */
export function createValidator(table: ParameterTable, { inspect, suggest }: ValidatorOptions): Validator {
  const names = table.map(({ name }) => name);
  // What is no parameter comes last: -1 is the largest number here.
  const position = ({ path: [name] }: Problem): number => names.indexOf(String(name)) >>> 0;
  const inOrder = (problems: readonly Problem[]): Problem[] => problems.toSorted((a, b) => position(a) - position(b));

  return async (parameters) => {
    // Each is read once: what is checked is what is sent.
    const read = readParameters(parameters);
    const { values } = read;
    const found: Findings = { ...checkValues(table, read, suggest), images: [] };
    let isReplaced = false;
    for (const parameter of table) {
      const { name, kind } = parameter;
      const value = values?.get(name);
      const isOne = kind === "image";
      const items = isOne ? [value] : kind === "images" ? itemsOf(value, parameter.maximum ?? mostItems) : [];
      const sources: unknown[] = [];
      for (const [index, item] of items.entries()) {
        const seen = await look(found, isOne ? [name] : [name, index], item, parameter as ImageLimits, inspect);
        sources.push(seen.source);
      }
      if (sources.some((source, index) => source !== items[index])) {
        isReplaced = true;
        values?.set(name, isOne ? sources[0] : sources);
      }
    }
    const { problems, warnings, images } = found;
    return {
      valid: !problems.length,
      problems: inOrder(problems),
      warnings: inOrder(warnings),
      images,
      parameters: isReplaced && values ? Object.fromEntries(values) : parameters,
    };
  };
}

/** The first items of an array, so many at most; none of what isn't one, or can't be read. */
function itemsOf(value: unknown, most: number): unknown[] {
  try {
    return Array.isArray(value) ? Array.prototype.slice.call(value, 0, most) : [];
  } catch {
    return [];
  }
}

interface Findings extends ParameterCheck {
  readonly images: InspectedImage[];
}

/**
 * Looks into an image, if it is one, and returns what to send in its place: as a property, because a promise would look
 * whether the image itself is a promise.
 */
async function look(
  { problems, warnings, images }: Findings,
  path: Problem["path"],
  value: unknown,
  limits: ImageLimits,
  inspect: ImageInspector,
): Promise<{ readonly source: unknown }> {
  const unchanged = { source: value };
  if (!isImageSource(value)) return unchanged;
  const place = path.join(".").slice(0, longestName);
  try {
    const inspection = await inspect(value, { limits });
    images.push({ path, inspection });
    for (const { severity, code, message, received, allowed, fix } of inspection.findings) {
      const list = severity === "error" ? problems : warnings;
      list.push({ path, code, message: `${place}: ${message}`, received, allowed, fix });
    }
    return inspection;
  } catch (error) {
    if (!(error instanceof ImageReadError || error instanceof ImageSourceError)) throw error;
    const message = `${place}: ${error.message}`;
    const fix = "Open it again, and pass it before anything else reads it.";
    problems.push({ path, code: "unreadable", message, received: messageOf(error.cause), allowed: "an image", fix });
    return unchanged;
  }
}
