import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const programs = fileURLToPath(new URL("programs", import.meta.url));
const run = promisify(execFile);

/** A project of a user, in a folder of its own. */
export interface Consumer extends Disposable {
  readonly folder: string;
}

/**
 * Makes a project with the packages as they would be published, what they depend on, and the programs beside this file.
 * Nothing is downloaded: what else it needs is this package's own.
 */
export async function createConsumer(): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), "consumer-"));
  cpSync(programs, folder, { recursive: true });
  for (const [name, path] of [
    ["client", "packages/client"],
    ["spec", "specs"],
    ["validation", "packages/validation"],
  ] as const) {
    const target = join(folder, "node_modules/@image-variations", name);
    mkdirSync(target, { recursive: true });
    const pack = ["scripts/pnpm.mjs", "--dir", path, "pack", "--json", "--pack-destination", folder];
    const { stdout } = await run(process.execPath, pack, { cwd: root });
    const { filename } = JSON.parse(stdout) as { filename: string };
    await run("tar", ["-xzf", filename, "--strip-components=1", "-C", target]);
  }
  const needed = {
    "packages/client": ["@standard-schema/spec", "openapi-fetch"],
    "packages/runtime-matrix": ["@types/jest", "@types/node"],
  };
  for (const [owner, names] of Object.entries(needed)) {
    for (const name of names) {
      const path = join(folder, "node_modules", name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(realpathSync(join(root, owner, "node_modules", name)), path, "dir");
    }
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
