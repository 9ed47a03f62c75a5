import { statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CliContext } from "../command-line/cli-context.ts";
import { writeError } from "../files/file-errors.ts";
import { printable } from "../files/printable.ts";
import { createScratchFolder } from "../files/scratch-folder.ts";
import { loadSharp, type SharpModule } from "../codec/load-sharp.ts";
import { failed, ok, type Diagnosis } from "./diagnosis.ts";

/**
 * Whether this Node can run the command.
 *
 * @param version Such as `24.1.0`.
 * @param range Such as `>=22.12`.
 */
export function checkNode(version: string, range: string): Diagnosis {
  const minimum = range.replace(/^>=/, "");
  const numbers = version.split(".").map(Number);
  const least = minimum.split(".").map(Number);
  const first = least.findIndex((number, index) => number !== numbers[index]);
  const isEnough = first === -1 || (numbers[first] ?? 0) > (least[first] ?? 0);
  return isEnough
    ? ok(`Node ${version}; ${minimum} or later is needed.`)
    : failed(
        `Node ${version} is too old: ${minimum} or later is needed.`,
        "Install a current Node: https://nodejs.org",
      );
}

const mebibyte = 1_048_576;
/** Two threads of the engine take so much for images of 1024x1024, and Node itself the rest. */
const neededMemory = 512 * mebibyte;

/** Whether there is enough memory for the engine. */
export function checkMemory(available: number): Diagnosis {
  const has = `${Math.round(available / mebibyte)} MiB of memory are free`;
  const needs = `${neededMemory / mebibyte} MiB`;
  return available >= neededMemory
    ? ok(`${has}; the engine needs up to ${needs}.`)
    : failed(`${has}, and the engine needs up to ${needs}.`, "End other programs, or use a server: --server URL");
}

/** Whether images can be decoded and encoded. */
export async function checkCodec(load?: () => Promise<{ readonly default: SharpModule }>): Promise<Diagnosis> {
  try {
    const sharp = await loadSharp(load);
    return ok(`sharp ${sharp.versions.sharp} decodes and encodes images.`);
  } catch (error) {
    const { message, fix } = error as { readonly message: string; readonly fix: string };
    return failed(message, fix);
  }
}

/** Less is not enough for the files of one request. */
const neededSpace = 64 * mebibyte;

/** Whether files can be written to a folder: by writing one. */
export async function checkDisk(
  folder: string,
  shown: string,
  context: Pick<CliContext, "cleanUpOnExit">,
): Promise<Diagnosis> {
  const name = printable(shown);
  try {
    using scratch = createScratchFolder(folder, context);
    await writeFile(join(scratch.path, "doctor"), new Uint8Array(mebibyte));
    const { bavail, bsize } = await statfs(scratch.path);
    const free = bavail * bsize;
    if (free < neededSpace) {
      return failed(
        `${name} can be written to, but has only ${Math.round(free / mebibyte)} MiB left.`,
        "Free some space.",
      );
    }
    return ok(`${name} can be written to, and has ${Math.round(free / mebibyte)} MiB left.`);
  } catch (error) {
    const known = writeError(error, name);
    if (!known) throw error;
    return failed(known.message, known.fix ?? "Name another folder with --out.");
  }
}
