import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { CliContext } from "../command-line/cli-context.ts";
import type { SpecFlags } from "./spec-flags.ts";

/** Prints the contract as it lies in its package. */
export async function printSpec(context: CliContext, { json }: SpecFlags): Promise<void> {
  const file = `@image-variations/spec/image-variations.${json ? "json" : "yaml"}`;
  context.stdout.write(await readFile(fileURLToPath(import.meta.resolve(file))));
  await context.stdout.drained();
}
