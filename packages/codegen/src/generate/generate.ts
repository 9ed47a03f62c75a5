import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { applyOverlay } from "../overlay/apply-overlay.ts";
import { neededOperations } from "./needed-operations.ts";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { readSpec } from "../document/read-spec.ts";
import { targets } from "./targets.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

export interface GenerateOptions {
  /** The folder that the targets' paths start from. */
  readonly root: string;
  /** The spec's path from the root. Default `specs/image-variations.yaml`. */
  readonly spec?: string;
  /** Only compare, write nothing. Default false. */
  readonly check?: boolean;
}

/** What became of one target: `stale` only where `check` kept it from being written. */
export interface GeneratedFile {
  readonly output: string;
  readonly state: "unchanged" | "written" | "stale";
}

/**
 * Reads the spec once and brings every generated file up to date. Nothing is written unless all can be.
 *
 * @throws SpecError where the spec cannot be read or used.
 */
export async function generate(options: GenerateOptions): Promise<GeneratedFile[]> {
  const { root, spec = "specs/image-variations.yaml", check = false } = options;
  const document = readSpec(join(root, spec), spec, neededOperations);
  // What is made of another contract, elsewhere, has only the packages that follow from a contract alone.
  const wanted = targets.filter(({ output, overlay }) => !overlay || existsSync(join(root, packageOf(output))));
  const texts = wanted.map(({ emit, overlay }) =>
    overlay ? emit(overlaid(document, overlay), `${spec} and ${overlay}`) : emit(document, spec),
  );
  return wanted.map(({ output }, index) => {
    const path = join(root, output);
    const text = texts[index]!;
    if (readIfThere(path) === text) return { output, state: "unchanged" };
    if (check) return { output, state: "stale" };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return { output, state: "written" };
  });
}

/** Such as `packages/server`. */
function packageOf(output: string): string {
  return output.split("/").slice(0, 2).join("/");
}

/** The spec with an overlay of the repository applied, wherever the spec itself lies. */
function overlaid(document: OpenAPIDocument, overlay: string): OpenAPIDocument {
  const actions = parse(readFileSync(join(repository, overlay), "utf8")) as JsonObject;
  return applyOverlay(document as unknown as JsonObject, actions, overlay) as unknown as OpenAPIDocument;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
