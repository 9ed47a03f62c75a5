import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, with a slash at the end. */
export const root: string = fileURLToPath(new URL("../../../../", import.meta.url));

const passedOver = ["**/{node_modules,dist,.git,.turbo,.test-results}/**", "variations/**"];

/** Paths from the root that match a pattern, sorted; what is installed or built is passed over. */
export function listFiles(pattern: string, checkout: string = root): string[] {
  return globSync(pattern, { cwd: checkout, exclude: passedOver }).toSorted();
}

/** A file's text. */
export function readText(path: string, checkout: string = root): string {
  return readFileSync(join(checkout, path), "utf8");
}

/** The repository's page on the web, as the root manifest says. */
export const homeUrl: string = (
  JSON.parse(readText("package.json")) as { repository: { url: string } }
).repository.url.replace(/^git\+(.*)\.git$/, "$1");
