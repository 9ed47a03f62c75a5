import { open } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import { formatReport, inspectPng, type ImageParameter } from "@image-variations/validation";
import { isFixable } from "../check/check-counts.ts";
import { diskFileSystem } from "../check/file-system.ts";
import { findImages } from "../check/find-images.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { explainFileError } from "../files/explain-file-error.ts";
import type { FittedImage } from "../fit/fit-image.ts";
import { printable } from "../files/printable.ts";
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

/** What is read of a file to tell what is wrong with it; nothing larger is accepted. */
const maximumBytes = 64 * 1_048_576;

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
  const read = path === "-" ? await readStdin(context) : await readFileOf(path, context);
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

async function readFileOf(path: string, { workingDirectory, signal }: CliContext): Promise<Uint8Array<ArrayBuffer>> {
  try {
    await using file = await orAbort(open(resolvePath(workingDirectory, path), "r"), signal);
    return await readBounded(file.createReadStream({ autoClose: false }), { path, signal });
  } catch (error) {
    if (error instanceof CliError || signal.aborted) throw error;
    const { message, fix } = explainFileError(error, path);
    throw new CliError(message, { fix, cause: error });
  }
}

async function readStdin({ stdin, signal }: CliContext): Promise<Uint8Array<ArrayBuffer>> {
  if (stdin.isTerminal) {
    throw new CliError("- reads an image from standard input, which is the keyboard here.", {
      exit: "usage",
      fix: "Pipe an image into it: image-variations - < otter.png",
    });
  }
  const bytes = await readBounded(stdin, { path: "standard input", signal });
  if (bytes.length > 0) return bytes;
  throw new CliError("Standard input is empty.", { exit: "invalidImage", fix: "Pipe an image into it." });
}

async function readBounded(
  chunks: AsyncIterable<unknown>,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = (chunks as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  for (let next = await orAbort(reader.next(), signal); !next.done; next = await orAbort(reader.next(), signal)) {
    const chunk = next.value;
    length += chunk.length;
    if (length > maximumBytes) {
      throw new CliError(
        `${printable(path)} is larger than ${maximumBytes / 1_048_576} MiB, which no server accepts.`,
        {
          exit: "invalidImage",
          fix: "Make it smaller.",
        },
      );
    }
    parts.push(chunk);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** What a promise resolves with, unless the signal ends the wait: a pipe may have no writer, and no end. */
function orAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
