import type { ImageCreateVariationParams } from "../generated/schema.ts";
import { OpenAIError } from "../errors/openai-error.ts";
import type { ImageVariations } from "../image-variations.ts";
import type { ImagesResponse } from "../response/images-response.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { readVariation } from "../streaming/read-variation.ts";
import type { StreamedImage } from "../streaming/streamed-image.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import { joinBytes } from "../uploads/join-bytes.ts";
import { BufferedFile } from "./buffered-file.ts";
import { ImageEnd } from "./image-end.ts";
import { imageExtension } from "./image-extension.ts";
import type { SaveProgress } from "./save-progress.ts";
import { SaveVariationError } from "./save-variation-error.ts";
import { scratchDecoder } from "./scratch-decoder.ts";
import { withFreedChunks } from "./with-freed-chunks.ts";

/** Where images are saved, under which names, and what is called meanwhile. */
export interface SaveVariationOptions {
  /** Where the files go. Created if it does not exist. */
  directory: string;
  /** What the files are called, before the number, which counts from 1. Default: `variation`. */
  name?: string | undefined;
  /** Told of everything that happens, while it happens. What it throws ends the saving. */
  onProgress?: ((progress: SaveProgress) => void) | undefined;
}

/** What was saved, and the rest of the response. */
export interface SavedVariation {
  /** The paths of the files, in the order of the response. */
  saved: string[];
  /** The response without its images. */
  response: ImagesResponse;
}

/**
 * Makes variations of an image, and saves each to a file of its own while it arrives: `variation-1.png` and so on, the
 * extension being what its bytes are. A file has its name only when it is complete, to the image's own end; one of that
 * name that was there is replaced. Neither the response nor an image is ever in memory as a whole.
 *
 * @example
 * ```ts
 * const { saved } = await saveVariation(client, { image: otter, n: 10, response_format: "b64_json" }, { directory: "otters" });
 * ```
 *
 * @throws What `createVariation` throws, as long as no image has begun, and before anything is sent the system's error if
 *   no file can be written there; from then on SaveVariationError, which says what was saved, and why no more in its `cause`.
 */
export async function saveVariation(
  client: ImageVariations,
  params: ImageCreateVariationParams,
  { directory, name = "variation", onProgress }: SaveVariationOptions,
  options: RequestOptions = {},
): Promise<SavedVariation> {
  if (!name || /[/\\\0]/.test(name))
    throw new TypeError(`\`name\` must be the name of a file, got ${JSON.stringify(name)}.`);
  holdStreams(params);
  const { chmod, mkdir, open, rename, rm, stat } = process.getBuiltinModule("node:fs/promises");
  const { join } = process.getBuiltinModule("node:path");
  const temporaryPath = (file: string): string =>
    join(directory, `.${file}-${Math.random().toString(36).slice(2)}.part`);

  /** Shows before the request, which may have to be paid for, whether files can be written. */
  async function checkDirectory(): Promise<void> {
    await mkdir(directory, { recursive: true });
    const probe = temporaryPath(name);
    await (await open(probe, "wx")).close();
    await rm(probe, { force: true });
  }

  const blocks = BufferedFile.allocateBlocks();
  const saved: string[] = [];
  let begun = false;
  let totalBytes = 0;

  async function save(image: StreamedImage): Promise<void> {
    const { index } = image;
    let bytes = 0;
    let head = new Uint8Array();
    const end = new ImageEnd();
    const file = `${name}-${index + 1}`;
    const temporary = temporaryPath(file);
    const handle = await open(temporary, "wx");
    let path: string;
    try {
      const output = new BufferedFile(handle, blocks);
      onProgress?.({ type: "started", index, bytes, totalBytes });
      for await (const chunk of image.chunks()) {
        if (head.length < 12) {
          head = joinBytes([head, chunk.subarray(0, 12 - head.length)]);
          if (head.length === 12) extensionOf(head, index);
        }
        end.add(chunk);
        await output.write(chunk);
        bytes += chunk.length;
        totalBytes += chunk.length;
        onProgress?.({ type: "bytes", index, bytes, totalBytes });
      }
      path = join(directory, `${file}.${extensionOf(head, index)}`);
      if (!end.isComplete) throw new OpenAIError(`Image ${index} is truncated: it ends after ${bytes} bytes.`);
      await output.end();
      await handle.close();
      // A file that is replaced keeps its permissions.
      const old = await stat(path).catch(() => undefined);
      if (old) await chmod(temporary, old.mode);
      await rename(temporary, path);
    } catch (error) {
      await handle.close();
      await rm(temporary, { force: true });
      throw error;
    }
    saved.push(path);
    onProgress?.({ type: "saved", index, bytes, totalBytes, path });
  }

  await checkDirectory();
  const images = readVariation({ client, params, options, createDecoder: scratchDecoder(), adapt: withFreedChunks });
  try {
    for await (const image of images) {
      begun = true;
      await save(image);
    }
    return { saved, response: await images.finalResponse() };
  } catch (error) {
    throw begun ? new SaveVariationError(saved, error) : error;
  }
}

function extensionOf(head: Uint8Array, index: number): string {
  const extension = imageExtension(head);
  if (extension) return extension;
  const start = JSON.stringify(new TextDecoder().decode(head));
  throw new OpenAIError(`Image ${index} is neither PNG, WebP nor JPEG: it begins with ${start}.`);
}
