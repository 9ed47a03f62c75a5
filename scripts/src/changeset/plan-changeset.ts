import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OpenAPIDocument } from "@image-variations/codegen/document";
import { targets } from "@image-variations/codegen/repository";
import { diffSpecs, type Source, type SpecDiff } from "@image-variations/spec-diff";
import { bumpFor, type Bump } from "./bump-for.ts";

/** A package that a spec change reaches, and what it asks of it. */
export interface PackageBump {
  readonly name: string;
  readonly bump: Bump;
}

/** What has to be released because of a spec change. */
export interface ChangesetPlan {
  readonly diff: SpecDiff;
  /** Empty if nothing has to be released. */
  readonly packages: readonly PackageBump[];
}

/** Finds the packages whose generated files differ between two states of the contract, and their bumps. */
export async function planChangeset(base: Source, head: Source, root: string): Promise<ChangesetPlan> {
  const diff = await diffSpecs(base, head, { names: true });
  const outputs = await changedOutputs(base, head);
  const { bump } = diff;
  if (bump === "none") return { diff, packages: [] };
  const manifests = new Map(outputs.map((output) => manifestOf(output, root)).map((one) => [one.name, one]));
  const packages = [...manifests.values()]
    .filter((manifest) => !manifest.private)
    .map(({ name, version }) => ({ name, bump: bumpFor(bump, version) }));
  return { diff, packages: packages.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

async function changedOutputs(base: Source, head: Source): Promise<string[]> {
  const emitted = async ({ spec }: Source): Promise<string[]> =>
    await Promise.all(
      targets.map(async ({ emit }) => await emit(spec.document as unknown as OpenAPIDocument, "the spec")),
    );
  // The head has to be fit for the generator; of the base, which today's generator may not know, only words are lost.
  const now = await emitted(head);
  const old = await emitted(base).catch(() => [] as string[]);
  return targets.filter((_, index) => now[index] !== old[index]).map(({ output }) => output);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

function manifestOf(output: string, root: string): Manifest {
  for (let folder = dirname(output); ; folder = dirname(folder)) {
    try {
      return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
    } catch (error) {
      if (folder === ".") throw error;
    }
  }
}
