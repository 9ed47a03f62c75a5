import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { neededOperations } from "./needed-operations.ts";
import { readSpec } from "./read-spec.ts";
import { targets } from "./targets.ts";

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
  const texts = await Promise.all(targets.map(({ emit }) => emit(document, spec)));
  return targets.map(({ output }, index) => {
    const path = join(root, output);
    const text = texts[index]!;
    if (readIfThere(path) === text) return { output, state: "unchanged" };
    if (check) return { output, state: "stale" };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return { output, state: "written" };
  });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
