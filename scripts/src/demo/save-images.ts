import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Image } from "@image-variations/client";
import { DemoError } from "./demo-error.ts";

/** A picture that lies on disk now. */
export interface SavedImage {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes pictures to `<folder>/<name>-1.png` and so on; those that came as a URL are fetched first. Nothing is written
 * unless all of them could be had.
 *
 * @throws DemoError where a picture can't be had, or the folder can't be written to.
 */
export async function saveImages(images: readonly Image[], folder: string, name: string): Promise<SavedImage[]> {
  const contents = await Promise.all(images.map(readImage));
  const saved = contents.map((bytes, index) => ({ path: join(folder, `${name}-${index + 1}.png`), bytes }));
  try {
    await mkdir(folder, { recursive: true });
    for (const { path, bytes } of saved) await writeFile(path, bytes);
  } catch (cause) {
    throw new DemoError(`The pictures can't be written to ${folder}: ${(cause as Error).message}.`, { cause });
  }
  return saved;
}

async function readImage({ b64_json, url }: Image): Promise<Uint8Array> {
  if (b64_json) return Buffer.from(b64_json, "base64");
  if (!url) throw new DemoError("The server sent a picture that is neither base64 nor a URL.");
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new DemoError(`The picture at ${url} can't be fetched: ${(cause as Error).message}.`, { cause });
  }
}
