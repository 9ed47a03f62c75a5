import type { Analysis, AnalysisParts } from "../analyse/analyse-image.ts";
import type { Settings } from "../resolve-options.ts";
import type { PixelImage } from "../variation-options.ts";

/** What a worker is asked for; one task at a time, each of which ends with a {@link Result} or fails. */
export type Task =
  | { readonly kind: "analyse"; readonly part: keyof AnalysisParts }
  | { readonly kind: "vary"; readonly index: number; readonly seed: number };

export type ToWorker =
  /** Before the first task of a call. */
  | { readonly kind: "image"; readonly image: PixelImage; readonly settings: Settings }
  /** Before the first `vary`. */
  | { readonly kind: "analysis"; readonly analysis: Analysis }
  | Task;

export type Result =
  | {
      readonly kind: "analysed";
      readonly part: keyof AnalysisParts;
      readonly value: AnalysisParts[keyof AnalysisParts];
    }
  | { readonly kind: "variation"; readonly index: number; readonly data: Uint8ClampedArray<ArrayBuffer> };

export type FromWorker =
  /** The worker's code has been loaded. */
  | { readonly kind: "started" }
  /** Sent about every second while it works, so that silence means that it hangs. */
  | { readonly kind: "alive" }
  | { readonly kind: "progress"; readonly index: number; readonly done: number }
  | Result
  /** Its task threw. */
  | { readonly kind: "failed"; readonly error: unknown };

/** Whether a message of a worker is one that can follow from its task. */
export function isExpected(message: unknown, task: Task | undefined, bytes: number): message is FromWorker {
  if (typeof message !== "object" || message === null) return false;
  const { kind, index, part, done, value, data } = message as Record<string, unknown>;
  switch (kind) {
    case "started":
    case "alive":
      return true;
    case "failed":
      return task !== undefined;
    case "analysed":
      return task?.kind === "analyse" && task.part === part && hasFields(value, partFields[task.part]);
    case "progress":
      return task?.kind === "vary" && task.index === index && typeof done === "number" && done >= 0 && done <= 1;
    case "variation":
      return task?.kind === "vary" && task.index === index && isClampedBytes(data) && data.length === bytes;
    default:
      return false;
  }
}

const partFields: { readonly [Part in keyof AnalysisParts]: readonly (keyof AnalysisParts[Part])[] } = {
  look: ["surface", "colours", "rigidity", "subject", "light", "lines"],
  text: ["columns", "rows", "data", "lines"],
};

function hasFields(value: unknown, fields: readonly string[]): boolean {
  return typeof value === "object" && value !== null && fields.every((field) => Object.hasOwn(value, field));
}

/** By its tag, since under Jest a message comes from another realm than this code. */
function isClampedBytes(data: unknown): data is Uint8ClampedArray {
  return Object.prototype.toString.call(data) === "[object Uint8ClampedArray]";
}
