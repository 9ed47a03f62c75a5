import { type JsonObject, parseOpenAPI, type ParsedOpenAPI, walkDocument } from "@image-variations/codegen/document";
import type { Spec } from "../schema/spec.ts";

/** A document to compare, and what is odd about it. */
export interface Source {
  readonly spec: Spec;
  readonly warnings: readonly string[];
}

/**
 * Reads the text of one of the two documents.
 *
 * @throws SpecError where it can't be used, with the label, the line and the column.
 */
export function parseSource(text: string, label: string, side: Spec["side"]): Source {
  return sourceOf(parseOpenAPI(text, label), label, side);
}

/** A parsed document as one of the two. */
export function sourceOf(
  { document, version, locate, text = "" }: ParsedOpenAPI,
  label: string,
  side: Spec["side"],
): Source {
  const stray = version.startsWith("3.1") ? nullables(document) : [];
  const [first] = stray;
  const warnings = first
    ? [
        `${placeInText(text, label, stray.length) ?? locate([...first, "nullable"])}: OpenAPI 3.1 has no "nullable" (say type: [string, "null"]); ` +
          `${stray.length} of them read as OpenAPI 3.0 meant them.`,
      ]
    : [];
  return { spec: { side, label, document, version, locate }, warnings };
}

/** The places of schemas that say `nullable`. */
function nullables(document: JsonObject): (readonly (string | number)[])[] {
  const found: (readonly (string | number)[])[] = [];
  walkDocument(document, (kind, value, path) => {
    if (kind === "schema" && value.nullable === true) found.push([...path]);
  });
  return found;
}

/** Where the first `nullable` is, if every one in the text is one of a schema: to look it up means to parse it all again. */
function placeInText(text: string, label: string, count: number): string | undefined {
  const found = [...text.matchAll(/(?<![\w-])(["']?)nullable\1\s*:\s*(?=true\b)/g)];
  const [first] = found;
  if (!first || found.length !== count) return undefined;
  const lines = text.slice(0, first.index + first[0].length).split("\n");
  return `${label}:${lines.length}:${lines.at(-1)!.length + 1}`;
}
