import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryRoot } from "@image-variations/testing/copy-repository";
import { runProgram } from "@image-variations/testing/run-program";
import { packPackages } from "../consumer/pack-packages.ts";
import { writeProject } from "../consumer/write-project.ts";

const programs = new URL("./programs/", import.meta.url);

/** A project of a user, in a folder of its own. */
export interface Consumer extends Disposable {
  readonly folder: string;
}

/** What the project has beside our packages, by the package of the workspace that has it installed. */
const needed = {
  "packages/client": ["@standard-schema/spec", "openapi-fetch"],
  "packages/consumer-tests": ["@types/jest", "@types/node"],
};

/**
 * Makes a project with the packages as they would be published, what they depend on, and the programs beside this file.
 * Nothing is downloaded: what else it needs is this package's own.
 */
export async function createConsumer(): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), "consumer-"));
  writeProject({ folder, programs, manifest: {} });
  for (const { name, tarball } of await packPackages(folder, ["packages/client", "specs", "packages/validation"])) {
    const target = join(folder, "node_modules", name);
    mkdirSync(target, { recursive: true });
    await runProgram("tar", ["-xzf", tarball, "--strip-components=1", "-C", target], { cwd: folder });
  }
  for (const [owner, names] of Object.entries(needed)) {
    for (const name of names) {
      const path = join(folder, "node_modules", name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(realpathSync(join(repositoryRoot, owner, "node_modules", name)), path, "dir");
    }
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
