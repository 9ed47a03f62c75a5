import type { ImageCreateVariationParams } from "../generated/schema.ts";
import type { ImageVariations } from "../image-variations.ts";
import type { ImagesResponse } from "../response/images-response.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { readVariation } from "../streaming/read-variation.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
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
  // Loaded at the first call: a program that imports this door for `nodeTransport` alone does not pay for it.
  const { ImageFiles } = await import("./image-files.ts");
  const files = new ImageFiles(directory, name, onProgress);
  await files.checkDirectory();
  const images = readVariation({ client, params, options, createDecoder: scratchDecoder(), adapt: withFreedChunks });
  let hasBegun = false;
  try {
    for await (const image of images) {
      hasBegun = true;
      await files.save(image);
    }
    return { saved: files.saved, response: await images.finalResponse() };
  } catch (error) {
    throw hasBegun ? new SaveVariationError(files.saved, error) : error;
  }
}
