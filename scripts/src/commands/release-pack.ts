// pnpm release:pack <folder>: every published package as a tarball, checked by what npm rejects.
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, runCommand } from "@image-variations/command";
import { npmObjections, type PublishedManifest } from "../release/npm-rules.ts";
import { listName, type PackedRelease } from "../release/packed-release.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand({
  help: `pnpm release:pack <folder> [--repository URL]

Builds every published package and packs it into the folder, with a list of them for pnpm release:publish. What npm would
reject, or no one could install, ends it with exit code 1.

  --repository URL   the repository that the provenance will name (default: that of the root manifest)
`,
  options: { repository: { type: "string" } },
  maximumPositionals: 1,
  async run({ values, positionals: [folder] }) {
    if (folder === undefined) throw new CommandError("Name the folder: pnpm release:pack <folder>; --help tells more.");
    mkdirSync(folder, { recursive: true });
    const { repository } = readJson(join(root, "package.json")) as { repository: { url: string } };
    const expected = String(values.repository ?? repository.url.replace(/^git\+(.*)\.git$/, "$1"));
    const packed = globSync("{specs,packages/*}/package.json", { cwd: root })
      .toSorted()
      .filter((path) => !(readJson(join(root, path)) as PublishedManifest).private)
      .map((path) => pack(join(root, dirname(path)), resolve(folder)));
    const objections = packed.flatMap(({ manifest, files }) =>
      npmObjections({ manifest, files }, expected).map((objection) => `${manifest.name}: ${objection}`),
    );
    if (objections.length > 0) throw new CommandError(`npm would reject this release:\n${objections.join("\n")}`);
    const release: PackedRelease = {
      packages: inOrder(packed).map(({ manifest: { name, version }, tarball }) => ({
        name: name!,
        version: version!,
        tarball: basename(tarball),
      })),
    };
    writeFileSync(join(folder, listName), `${JSON.stringify(release, null, 2)}\n`);
    for (const { name, version, tarball } of release.packages) console.log(`${name} ${version}: ${tarball}`);
  },
});

interface Packed {
  readonly manifest: PublishedManifest;
  readonly files: readonly string[];
  readonly tarball: string;
}

function pack(packageFolder: string, folder: string): Packed {
  const pnpm = [join(root, "scripts/pnpm.mjs"), "--dir", packageFolder, "pack", "--json", "--pack-destination", folder];
  const { filename } = JSON.parse(execFileSync(process.execPath, pnpm, { encoding: "utf8" })) as { filename: string };
  const tar = (...args: readonly string[]): string => execFileSync("tar", args, { encoding: "utf8" });
  return {
    manifest: JSON.parse(tar("-xzOf", filename, "package/package.json")) as PublishedManifest,
    files: tar("-tzf", filename)
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, "")),
    tarball: filename,
  };
}

/** What others depend on comes first: a release that stops half-way leaves nothing that can't be installed. */
function inOrder(packed: readonly Packed[]): Packed[] {
  const ordered: Packed[] = [];
  const visit = (candidate: Packed): void => {
    if (ordered.includes(candidate)) return;
    for (const name of Object.keys(candidate.manifest.dependencies ?? {})) {
      const dependency = packed.find(({ manifest }) => manifest.name === name);
      if (dependency) visit(dependency);
    }
    ordered.push(candidate);
  };
  packed.forEach(visit);
  return ordered;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
