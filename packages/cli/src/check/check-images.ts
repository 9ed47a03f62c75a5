import { ImageReadError, inspectPng, type InspectionDepth, type PngInspection } from "@image-variations/validation";
import { explainFileError, type FileFailure } from "../files/explain-file-error.ts";
import { orAbort } from "../files/or-abort.ts";
import { findImages, type FindOptions, type FoundImage } from "./find-images.ts";
import { createReadBuffer, openImage, streamImage, type ReadBuffer } from "./open-image.ts";

/** What became of one path: the image's inspection, or why it could not be read. */
export type CheckedImage = InspectedFile | UnreadableFile;

/** An image that could be read. */
export interface InspectedFile {
  /** As it was given or found; `-` for standard input. */
  readonly path: string;
  /** Whether the endpoint would accept it. */
  readonly status: "accepted" | "rejected";
  readonly inspection: Inspection;
}

/** What the validator found in a file. */
export type Inspection = Omit<PngInspection, "source">;

/** A path that could not be read. */
export interface UnreadableFile {
  readonly path: string;
  readonly status: "unreadable";
  readonly failure: FileFailure;
}

/** How images are checked. */
export interface CheckOptions extends FindOptions {
  /** @default "structure" */
  readonly depth?: InspectionDepth | undefined;
  /** What `-` stands for. */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** How many files are read at once. @default 8 */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks the images that the arguments of a command line name, and yields each in their order as soon as it is known. Never
 * throws because of a file; holds no more files and results at a time than `concurrency`.
 *
 * @throws The signal's reason.
 */
export async function* checkImages(
  args: readonly string[],
  options: CheckOptions,
): AsyncGenerator<CheckedImage, void, undefined> {
  const { concurrency = 8 } = options;
  const buffers: ReadBuffer[] = [];
  const pending: Promise<CheckedImage>[] = [];
  for await (const found of findImages(args, options)) {
    options.signal?.throwIfAborted();
    const buffer = buffers.pop() ?? createReadBuffer();
    const checking = checkImage(found, buffer, options).finally(() => buffers.push(buffer));
    // If the caller stops early, no one waits for the rest.
    checking.catch(() => {});
    pending.push(checking);
    if (pending.length >= concurrency) yield (await pending.shift()) as CheckedImage;
  }
  for (const checked of pending) yield await checked;
}

async function checkImage(found: FoundImage, buffer: ReadBuffer, options: CheckOptions): Promise<CheckedImage> {
  const { path } = found;
  if (found.kind === "unusable") return { path, status: "unreadable", failure: found.failure };
  const { depth, signal, fileSystem } = options;
  try {
    if (found.kind === "stream") {
      const source = path === "-" ? options.stdin : await orAbort(streamImage(path, fileSystem), signal);
      return inspected(path, await inspectPng(source, { depth, signal }));
    }
    const { source, close } = await openImage(path, { fileSystem, buffer, isHeaderEnough: depth === "header" });
    try {
      return inspected(path, await inspectPng(source, { depth, signal }));
    } finally {
      await close();
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const cause = error instanceof ImageReadError ? error.cause : error;
    return { path, status: "unreadable", failure: explainFileError(cause, path === "-" ? "Standard input" : path) };
  }
}

/** What the caller is told; the source would keep the file's bytes. */
function inspected(path: string, { source: _source, ...inspection }: PngInspection): InspectedFile {
  return { path, status: inspection.valid ? "accepted" : "rejected", inspection };
}
