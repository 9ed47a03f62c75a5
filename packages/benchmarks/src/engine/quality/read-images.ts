import { readdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { PixelImage } from "@image-variations/engine";
import { QualityError } from "./quality-error.ts";

export interface NamedImage {
  readonly name: string;
  readonly image: PixelImage;
}

/**
 * The names of up to `limit` files of a folder, in order, spread evenly over it. Hidden files and folders are left out.
 *
 * Throws `QualityError` if the folder is missing, not a folder, or empty.
 */
export async function listImages(directory: string, limit: number): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    const reason =
      cause.code === "ENOENT"
        ? "does not exist"
        : cause.code === "ENOTDIR"
          ? "is not a folder"
          : `cannot be read (${cause.code})`;
    throw new QualityError(`${directory} ${reason}. Pass a folder of images.`, { cause });
  });
  const files = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .toSorted();
  if (files.length === 0) throw new QualityError(`${directory} has no files. Pass a folder of images.`);
  const count = Math.min(limit, files.length);
  return Array.from({ length: count }, (_, i) => files[Math.floor((i * files.length) / count)]!);
}

/**
 * One file as a square of RGBA pixels: its central square, scaled to `size`, in sRGB, turned upright.
 *
 * Throws `QualityError` if the file is not an image that sharp reads.
 */
export async function readSquare(directory: string, file: string, size: number): Promise<NamedImage> {
  try {
    const { data, info } = await sharp(path.join(directory, file))
      .autoOrient()
      .resize(size, size, { fit: "cover" })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { name: path.parse(file).name, image: { width: info.width, height: info.height, data } };
  } catch (cause) {
    throw new QualityError(`${file} cannot be read as an image: ${(cause as Error).message}`, { cause });
  }
}
