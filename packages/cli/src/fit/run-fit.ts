import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { writeError } from "../files/file-errors.ts";
import { nearPath } from "../files/near-path.ts";
import { printable } from "../files/printable.ts";
import { readImageFile } from "../files/read-image-file.ts";
import { createScratchFolder } from "../files/scratch-folder.ts";
import type { FitFlags } from "./fit-flags.ts";
import { fitImage, type FittedImage } from "./fit-image.ts";

/** What is read of a file at most: far more than a photo has. */
const maximumBytes = 256 * 1_048_576;

/** Makes an image that the endpoint accepts, writes it, and says what was done. */
export async function runFit(context: CliContext, flags: FitFlags, path: string): Promise<void> {
  const { size, crop, pad, background, force, quiet } = flags;
  if (crop && pad) {
    throw new CliError("--crop and --pad exclude each other.", { exit: "usage", fix: "Pass one of them." });
  }
  if (background !== undefined && !pad) {
    throw new CliError("--background is what --pad fills the square with.", { exit: "usage", fix: "Add --pad." });
  }
  const target = targetOf(path, flags, context);
  if (target !== undefined && !force && existsSync(target)) throw exists(target, context);
  const bytes = await readImageFile(path, context, maximumBytes);
  const { signal } = context;
  const fitted = await fitImage(bytes, { size, background, shape: pad ? "pad" : "crop", signal });
  const output = target === undefined ? context.stderr : context.stdout;
  if (target === undefined) context.stdout.write(fitted.bytes);
  else await writeWhole({ target, bytes: fitted.bytes, force, context });
  if (!quiet) output.write(describe({ path, target, fitted, context }));
  await context.stdout.drained();
}

/** Undefined for standard output. */
function targetOf(path: string, { out }: FitFlags, { workingDirectory }: CliContext): string | undefined {
  if (out === "-") return undefined;
  if (out !== undefined) return resolve(workingDirectory, out);
  if (path === "-") return resolve(workingDirectory, "image-fit.png");
  return resolve(workingDirectory, dirname(path), `${basename(path, extname(path))}-fit.png`);
}

interface Writing {
  readonly target: string;
  readonly bytes: Uint8Array;
  readonly force: boolean;
  readonly context: CliContext;
}

async function writeWhole({ target, bytes, force, context }: Writing): Promise<void> {
  const folder = dirname(target);
  try {
    using scratch = createScratchFolder(folder, context);
    const file = join(scratch.path, "fit.png");
    await writeFile(file, bytes);
    context.signal.throwIfAborted();
    if (scratch.place(file, [basename(target)], { force }) === undefined) throw exists(target, context);
  } catch (error) {
    throw writeError(error, nearPath(folder, context)) ?? error;
  }
}

function exists(target: string, context: CliContext): CliError {
  return new CliError(`${printable(nearPath(target, context))} is there already.`, {
    fix: "--force overwrites it; --out names another file.",
  });
}

interface Fit {
  readonly path: string;
  readonly target: string | undefined;
  readonly fitted: FittedImage;
  readonly context: CliContext;
}

function describe({ path, target, fitted, context }: Fit): string {
  const { side, bytes, steps } = fitted;
  const name = path === "-" ? "standard input" : printable(path);
  const place = target === undefined ? "standard output" : printable(nearPath(target, context));
  const facts = `${side}x${side}, ${new Intl.NumberFormat("en").format(bytes.length)} bytes`;
  return `${name}\n${steps.map((step) => `  ${step}\n`).join("")}${place}: ${facts}\n`;
}
