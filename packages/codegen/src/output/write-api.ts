import { join, resolve } from "node:path";
import { type GenerateApiOptions, generateApi, type GeneratedApi } from "./generate-api.ts";
import { manifestName, type OwnedFolder, staleFiles, writeOwnedFolders } from "./owned-folder.ts";

/** What is made, of which document, and where it goes. */
export interface WriteApiOptions extends GenerateApiOptions {
  /** The folder that is written. */
  readonly out: string;
  /** Write nothing, and say what would be written. Default false. */
  readonly dryRun?: boolean;
  /** Replace what stands in the way and was not written here. Default false. */
  readonly force?: boolean;
}

/** What was made, and which files of it were out of date. */
export interface WrittenApi extends Omit<GeneratedApi, "files"> {
  /** The files of the folder that were out of date, by name. */
  readonly changed: readonly string[];
}

/** The file of a written folder that lists what was written. */
export function manifestIn(out: string): string {
  return join(out, manifestName("codegen"));
}

/**
 * Brings a folder with a client and a validator up to date. Only files that were written here, as its manifest
 * `.codegen.json` says, are replaced or removed.
 *
 * @throws SpecError if the document can't be used, CommandError if something is in the way. Nothing is written then.
 */
export async function writeApi(options: WriteApiOptions): Promise<WrittenApi> {
  const { out, dryRun = false, force = false, folder = process.cwd() } = options;
  const { files, ...rest } = await generateApi(options);
  const owned: OwnedFolder = {
    folder: resolve(folder, out),
    files: new Map([...files].map(([name, text]) => [name, Buffer.from(text)])),
  };
  const changed = staleFiles(owned, "codegen");
  if (!dryRun && changed.length > 0) writeOwnedFolders([owned], { force, tool: "codegen" });
  return { ...rest, changed };
}
