import { formatReport, inspectPng, type ImageParameter } from "@image-variations/validation";
import { isFixable } from "../check/check-counts.ts";
import { diskFileSystem } from "../check/file-system.ts";
import { findImages } from "../check/find-images.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { printable } from "../files/printable.ts";
import { readImageFile } from "../files/read-image-file.ts";
import type { FittedImage } from "../fit/fit-image.ts";
import { contractParameter } from "../settings/contract-flags.ts";
import { nameOfImage } from "./file-names.ts";

/** An image that can be sent. */
export interface InputImage {
  /** As the user typed it; `-` for standard input. */
  readonly path: string;
  /** What its variations are named after. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly warnings: readonly string[];
  /** What was done to it, so that it is accepted, as sentences; empty if nothing was. */
  readonly fitSteps: readonly string[];
}

/** Files, patterns and `-`, as paths of files. */
export async function findInputs(args: readonly string[], context: CliContext): Promise<string[]> {
  const fileSystem = diskFileSystem(context.workingDirectory);
  const paths: string[] = [];
  for (const arg of args) {
    if (arg !== "-" && (await isFolder(arg, fileSystem))) {
      throw new CliError(`${printable(arg)} is a folder, and each image makes a request of its own.`, {
        exit: "usage",
        fix: `Name the images, such as "${printable(arg)}/*.png".`,
      });
    }
    for await (const found of findImages([arg], { fileSystem })) {
      if (found.kind === "unusable") throw new CliError(found.failure.message, { fix: found.failure.fix });
      if (!paths.includes(found.path)) paths.push(found.path);
    }
  }
  return paths;
}

async function isFolder(path: string, fileSystem: ReturnType<typeof diskFileSystem>): Promise<boolean> {
  return fileSystem.stat(path, { bigint: true }).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** What is read of a file at most: far more than is accepted, so that what is wrong with it can be told, and than a photo has. */
const maximumBytes = { sent: 64 * 1_048_576, fitted: 256 * 1_048_576 };

/**
 * Reads an image, and checks it to its last pixel, so that nothing is sent, or paid for, that would be rejected.
 *
 * @throws CliError if it can't be read, or would be rejected.
 */
export async function readInput(
  path: string,
  context: CliContext,
  { isFitted }: { readonly isFitted: boolean },
): Promise<InputImage> {
  const read = await readImageFile(path, context, isFitted ? maximumBytes.fitted : maximumBytes.sent);
  const shown = printable(path === "-" ? "standard input" : path);
  const { signal } = context;
  const { bytes, steps } = isFitted ? await fit(read, shown, signal) : { bytes: read, steps: [] };
  const inspection = await inspectPng(bytes, {
    limits: contractParameter("image") as ImageParameter,
    depth: "pixels",
    signal,
  });
  const { issues, width, height } = inspection;
  const errors = issues.filter(({ severity }) => severity === "error");
  const warnings = issues.filter(({ severity }) => severity !== "error");
  if (errors.length > 0 || width === null || height === null) {
    const [first] = errors;
    const isOne = errors.length === 1 && first;
    throw new CliError(
      isOne ? `${shown}: ${first.message}` : `${shown} would be rejected, for ${errors.length} reasons.`,
      {
        exit: "invalidImage",
        fix: `${isOne ? first.fix : formatReport({ issues: errors, warnings: [] })}${errors.every(isFixable) ? " --fit does it." : ""}`,
      },
    );
  }
  return {
    path,
    name: nameOfImage(path),
    bytes,
    width,
    height,
    warnings: warnings.map(({ message }) => message),
    fitSteps: steps,
  };
}

/** An image that is accepted, made of one of any format. */
async function fit(
  read: Uint8Array<ArrayBuffer>,
  shown: string,
  signal: AbortSignal,
): Promise<Pick<FittedImage, "bytes" | "steps">> {
  const { fitImage } = await import("../fit/fit-image.ts");
  try {
    const { bytes, isUnchanged, steps } = await fitImage(read, { signal });
    return { bytes, steps: isUnchanged ? [] : steps };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const { message, exit, fix, cause } = error;
    throw new CliError(`${shown}: ${message}`, { exit, cause, ...(fix !== undefined && { fix }) });
  }
}
