import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DemoError } from "./demo-error.ts";

/** A file that is to be written. */
export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes files into a folder, which is made if it is not there.
 *
 * @returns Their paths.
 * @throws DemoError if the folder cannot be written to.
 */
export async function saveImages(files: readonly NamedFile[], folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    const paths = files.map(({ name }) => join(folder, name));
    await Promise.all(files.map(({ bytes }, index) => writeFile(paths[index]!, bytes)));
    return paths;
  } catch (cause) {
    throw new DemoError(`The images cannot be written to ${folder}: ${(cause as Error).message}.`, { cause });
  }
}
