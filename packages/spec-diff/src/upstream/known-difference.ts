import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Change } from "../policy/change.ts";
import { isObject } from "@image-variations/codegen/document";
import { SourceError } from "../sources/source-error.ts";

/** One difference from the official document that is meant. */
export interface KnownDifference {
  /** The file that lists it. */
  readonly file: string;
  /** The day on which it was decided. */
  readonly date: string;
  readonly reason: string;
  readonly direction: string;
  readonly pointer: string;
  /** The sentence that the report has for it, so that a further change at the same place is reported again. */
  readonly says: string;
}

/**
 * Reads the known differences, one file for each decision, named `<date>-<what>.yaml`.
 *
 * @throws SourceError where a file lacks its date, its reason or its differences.
 */
export function readKnownDifferences(folder: string): KnownDifference[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return names.toSorted().flatMap((file) => {
    const date = /^\d{4}-\d{2}-\d{2}(?=-)/.exec(file)?.[0];
    const content: unknown = parse(readFileSync(join(folder, file), "utf8"));
    const { reason, differences } = isObject(content) ? content : {};
    if (!date || typeof reason !== "string" || !Array.isArray(differences)) {
      throw new SourceError(
        `${file}: a known difference is named <date>-<what>.yaml and has a reason and a list of differences.`,
      );
    }
    return differences.map((difference) => {
      const { direction, pointer, says } = isObject(difference) ? difference : {};
      if (typeof direction !== "string" || typeof pointer !== "string" || typeof says !== "string") {
        throw new SourceError(`${file}: each difference has a direction, a pointer, and what the report says of it.`);
      }
      return { file, date, reason, direction, pointer, says };
    });
  });
}

/** Whether a known difference is about a change. */
export function isAbout(knownDifference: KnownDifference, change: Change): boolean {
  return (
    knownDifference.direction === change.direction &&
    knownDifference.pointer === change.pointer &&
    knownDifference.says.trim() === change.reason
  );
}
