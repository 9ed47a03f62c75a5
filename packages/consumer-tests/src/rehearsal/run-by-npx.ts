import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "@image-variations/command";
import { repositoryRoot } from "@image-variations/testing/copy-repository";
import { runProgram } from "@image-variations/testing/run-program";
import type { Registry } from "./start-registry.ts";

const otter = join(repositoryRoot, "assets/otter.png");

/**
 * Runs the command as its first user does: by npx, in a folder that has nothing but an image.
 *
 * @returns What was installed for it, and how long it took.
 * @throws CommandError if it makes no image, or leaves anything but that.
 */
export async function runByNpx(folder: string, registry: Registry): Promise<string> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(otter, join(folder, "otter.png"));
  const run = async (): Promise<{ seconds: number; firstImage: number }> => {
    const start = performance.now();
    const words = [
      "--yes",
      "--prefer-online",
      "image-variations@latest",
      "otter.png",
      "--size",
      "256x256",
      "--no-sheet",
    ];
    const { stdout: printed } = await runProgram("npx", [...words, "--json", "--force"], {
      cwd: folder,
      env: registry.env,
    });
    const events = printed
      .split("\n")
      .filter((line) => line.startsWith('{"event"'))
      .map((line) => JSON.parse(line) as { event: string; seconds?: number });
    const saved = events.find(({ event }) => event === "saved");
    if (!saved) throw new CommandError(`npx image-variations saved no image:\n${printed}`);
    return { seconds: (performance.now() - start) / 1_000, firstImage: saved.seconds ?? 0 };
  };
  const first = await run();
  const again = await run();
  const names = readdirSync(folder).toSorted();
  if (names.join() !== "otter.png,variations") throw new CommandError(`npx image-variations left ${names.join(", ")}.`);
  const { packages, bytes } = installedIn(join(registry.env["npm_config_cache"] ?? "", "_npx"));
  return (
    `${packages} packages, ${(bytes / 1e6).toFixed(1)} MB; ${first.seconds.toFixed(1)} s with the installation, ` +
    `${again.seconds.toFixed(1)} s without, of which ${again.firstImage.toFixed(1)} s to the first image`
  );
}

/** How many packages npx installed, and their size on the disk. */
function installedIn(folder: string): { packages: number; bytes: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const manifests = paths.filter((path) =>
    /node_modules\/(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(path.replaceAll("\\", "/")),
  );
  return {
    packages: manifests.filter((path) => "version" in (JSON.parse(readFileSync(path, "utf8")) as object)).length,
    bytes: paths.reduce((sum, path) => sum + statSync(path).size, 0),
  };
}
