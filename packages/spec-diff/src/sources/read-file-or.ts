import { readFileSync } from "node:fs";

/** A file's text; throws what is made of the system's code, such as `ENOENT`, if it can't be read. */
export function readFileOr(path: string, error: (code: string) => Error): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw Object.assign(error((cause as NodeJS.ErrnoException).code ?? "unknown"), { cause });
  }
}
