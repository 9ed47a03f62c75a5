import { nearestWord } from "@image-variations/command";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Mistake, findMistakes } from "../document/check-spec.ts";
import { createFileSource, createWebSource, isAddress, type DocumentSource } from "../document/document-source.ts";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { readOpenAPI } from "../document/read-openapi.ts";
import { checkOpenAPI } from "../document/parse-openapi.ts";
import { sliceDocument } from "../document/slice-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { applyOverlay } from "../overlay/apply-overlay.ts";
import { parseOverlay } from "../overlay/parse-overlay.ts";
import { baseDocument, baseNames } from "./base-documents.ts";
import { operationsOf, withOperationIds } from "./operation-names.ts";
import { portablePath } from "./portable-path.ts";
import { upgradeDocument } from "./upgrade-document.ts";
import { withComponentReferences } from "./with-component-references.ts";

/** Which document is generated from, and what of it. */
export interface DocumentOptions {
  /** A file or a URL: an OpenAPI 3.0 or 3.1 document or, with `base`, an overlay of one. */
  readonly document?: string;
  /** The contract that comes with this package and that the overlays are applied to: `image-variations`. */
  readonly base?: string;
  /** Overlays (https://spec.openapis.org/overlay/v1.1.0.html), applied one after the other. Default: none. */
  readonly overlays?: readonly string[];
  /** Operations to cut out, as `POST /images/variations` or by operationId. Default: all. */
  readonly operations?: readonly string[];
  /** Tags whose operations are cut out. Default: all. */
  readonly tags?: readonly string[];
  /** Whether references to `http:` and `https:` addresses are followed. Default false. */
  readonly remote?: boolean;
  /** Whether a mistake in the document ends it, and not only what can't be generated from. Default false. */
  readonly strict?: boolean;
  /** The folder that paths start from. Default: the current one. */
  readonly folder?: string;
  /** Is told of each file before it is read, so also of one that keeps the document from being used. */
  readonly onRead?: (path: string) => void;
}

export interface PreparedDocument {
  readonly document: OpenAPIDocument;
  /** What the generated files say they come from. */
  readonly name: string;
  /** Mistakes in the document that were passed over. */
  readonly warnings: readonly string[];
  /** Every file that was read. */
  readonly files: readonly string[];
}

/** As many mistakes as a person reads at a time. */
const maximumMistakes = 50;

/**
 * Reads a document and makes it what the emitters take: one file, OpenAPI 3.1, overlays applied, the operations that are
 * wanted, each with an operationId.
 *
 * @throws SpecError with everything that keeps it from being generated from, each with file, line and column.
 */
export async function prepareDocument(options: DocumentOptions): Promise<PreparedDocument> {
  const { folder = process.cwd(), remote = false, strict = false, onRead } = options;
  const files = new Set<string>();
  const record = (path: string): void => {
    files.add(path);
    onRead?.(path);
  };
  const { read, overlays, name } = await readBase(
    options,
    folder,
    recorded(createFileSource({ remote, root: folder }), record),
  );
  const applied = overlays.reduce<JsonObject>((document, overlay) => {
    const path = resolve(folder, overlay);
    record(path);
    const parsed = parseOverlay(readText(path, overlay), overlay);
    if (!parsed) throw new SpecError(`${overlay}: expected an overlay, which begins with overlay: 1.0.0 or 1.1.0.`);
    return applyOverlay(document, parsed.overlay, overlay, parsed.locate);
  }, read.document);
  const changed =
    applied === read.document
      ? read
      : { ...read, locate: (path: readonly (string | number)[]) => `${name} at ${path.join(".")}` };
  // What overlays made of it may lead nowhere.
  if (applied !== read.document) {
    checkOpenAPI({ value: applied, locate: changed.locate }, name, ["3.0", "3.1"], () => {});
  }

  const { document: whole, originOf } = withComponentReferences(applied);
  const locate = (path: readonly (string | number)[]): string => changed.locate(originOf(path));
  const selected = select(whole, options, name);
  const upgraded = upgradeDocument(selected);
  const mistakes = findMistakes(upgraded, locate, maximumMistakes);
  const fatal = mistakes.filter(({ isFatal }: Mistake) => strict || isFatal);
  if (fatal.length > 0) throw new SpecError(fatal.map(({ message }) => message).join("\n"));
  if (operationsOf(upgraded).length === 0) {
    const lacking = `${locate(["paths"])}: the document has no operations, so there is nothing to generate.`;
    throw new SpecError([lacking, ...mistakes.map(({ message }) => message)].join("\n"));
  }
  return {
    document: withOperationIds(upgraded) as unknown as OpenAPIDocument,
    name,
    warnings: mistakes.map(({ message }) => message),
    files: [...files],
  };
}

async function readBase(
  { document, base, overlays = [], remote = false }: DocumentOptions,
  folder: string,
  source: DocumentSource,
): Promise<{
  readonly read: Awaited<ReturnType<typeof readOpenAPI>>;
  readonly overlays: readonly string[];
  readonly name: string;
}> {
  if (base === undefined) {
    if (!document) throw new SpecError("Name a document, or a base: codegen openapi.yaml --out src/api.");
    const location = isAddress(document) ? document : resolve(folder, document);
    const from = isAddress(document) ? createWebSource({ remote }) : source;
    const read = await readOpenAPI(location, from);
    return { read, overlays, name: nameOf([document, ...overlays], folder) };
  }
  const text = baseDocument(base);
  if (text === undefined) {
    const near = nearestWord(base, baseNames);
    throw new SpecError(
      `--base is ${baseNames.join(" or ")}, got ${JSON.stringify(base)}.${near ? ` Did you mean ${near}?` : ""}`,
    );
  }
  const name = `@image-variations/spec`;
  const read = await readOpenAPI(name, { read: () => text, resolve: (reference) => reference, label: () => name });
  const all = [...(document === undefined ? [] : [document]), ...overlays];
  return { read, overlays: all, name: [name, nameOf(all, folder)].filter(Boolean).join(" and ") };
}

/** Files as the generated ones name them: the same on every machine, if they lie in or near the folder. */
function nameOf(files: readonly string[], folder: string): string {
  return files.map((file) => (isAddress(file) ? file : portablePath(file, folder))).join(" and ");
}

function recorded(source: DocumentSource, record: (path: string) => void): DocumentSource {
  return {
    ...source,
    read(location) {
      if (!isAddress(location)) record(location);
      return source.read(location);
    },
  };
}

function readText(path: string, label: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SpecError(`${label} can't be read: ${code === "ENOENT" ? "there is no such file" : code}.`, { cause });
  }
}

/** The operations that were asked for, with all that they refer to. */
function select(document: JsonObject, { operations = [], tags = [] }: DocumentOptions, label: string): JsonObject {
  const all = operationsOf(document);
  if (operations.length === 0 && tags.length === 0) return document;
  const namesOf = ({ path, method, operation }: (typeof all)[number]): string[] => [
    `${method.toUpperCase()} ${path}`,
    ...(typeof operation.operationId === "string" ? [operation.operationId] : []),
  ];
  const tagsOf = ({ operation }: (typeof all)[number]): string[] =>
    Array.isArray(operation.tags) ? operation.tags.map((tag) => String(tag)) : [];
  const known = { operation: all.flatMap((one) => namesOf(one)), tag: all.flatMap((one) => tagsOf(one)) };
  const named = { operation: listed(operations, known.operation), tag: listed(tags, known.tag) };
  const missing = (["operation", "tag"] as const).flatMap((what) => unknown(what, named[what], known[what], label));
  if (missing.length > 0) throw new SpecError(missing.join("\n"));
  const wanted = all.filter(
    (one) =>
      namesOf(one).some((name) => named.operation.includes(name)) || tagsOf(one).some((tag) => named.tag.includes(tag)),
  );
  return sliceDocument(document, wanted);
}

/** Names with commas between them, unless a name has a comma itself, as a path may. */
function listed(names: readonly string[], known: readonly string[]): string[] {
  return names.flatMap((name) =>
    known.includes(name)
      ? [name]
      : name
          .split(",")
          .map((word) => word.trim())
          .filter(Boolean),
  );
}

function unknown(what: string, names: readonly string[], known: readonly string[], label: string): string[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestWord(name, known);
      return `${label} has no ${what} ${JSON.stringify(name)}.${near ? ` Did you mean ${JSON.stringify(near)}?` : ""}`;
    });
}
