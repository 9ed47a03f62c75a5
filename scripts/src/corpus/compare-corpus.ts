import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { diffSpecs, readDocument, SourceError, SpecError, type Source } from "@image-variations/spec-diff";

/** What became of a folder of other people's documents. */
export interface CorpusResult {
  /** OpenAPI 3.0 and 3.1 documents that were found, and those of them that could be read. */
  readonly documents: number;
  readonly read: number;
  readonly comparisons: number;
  /** Comparisons by their bump. */
  readonly bumps: Readonly<Record<string, number>>;
  /** The sentences by which documents were rejected. */
  readonly rejected: readonly string[];
  /** What ended with anything but such a sentence. */
  readonly crashes: readonly string[];
  /** The longest comparison. */
  readonly slowest: { readonly seconds: number; readonly pair: string };
}

/**
 * Compares each document of a folder with itself and with the next one of the same folder, in both directions.
 * Neighbours are as far apart as documents get, which is what a search for crashes wants.
 *
 * @param progress Is told of each pair before it is compared.
 */
export async function compareCorpus(root: string, progress: (pair: string) => void = () => {}): Promise<CorpusResult> {
  const paths = globSync("**/*.{yaml,yml,json}", { cwd: root, exclude: ["**/node_modules/**"] })
    .toSorted()
    .filter((path) => isOpenAPI(join(root, path)));
  const rejected: string[] = [];
  const crashes: string[] = [];
  const sources = new Map<string, Source>();
  for (const path of paths) {
    const source = await attempt(path, async () => await readDocument(join(root, path), { folder: root }));
    if (source) sources.set(path, source);
  }
  const bumps: Record<string, number> = {};
  let comparisons = 0;
  let slowest = { seconds: 0, pair: "" };
  for (const [base, head] of pairsOf([...sources.keys()])) {
    const pair = `${base} → ${head}`;
    progress(pair);
    const start = performance.now();
    const diff = await attempt(pair, async () => await diffSpecs(sources.get(base)!, sources.get(head)!));
    const seconds = (performance.now() - start) / 1000;
    if (seconds > slowest.seconds) slowest = { seconds, pair };
    comparisons++;
    if (!diff) continue;
    bumps[diff.bump] = (bumps[diff.bump] ?? 0) + 1;
    if (base === head && diff.changes.length > 0) crashes.push(`${pair}: a document differs from itself`);
  }
  return { documents: paths.length, read: sources.size, comparisons, bumps, rejected, crashes, slowest };

  async function attempt<Value>(what: string, action: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof SpecError || error instanceof SourceError) rejected.push(error.message);
      else crashes.push(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return undefined;
    }
  }
}

function pairsOf(paths: readonly string[]): [base: string, head: string][] {
  return paths.flatMap((path, index): [string, string][] => {
    const next = paths[index + 1];
    const isNeighbour = next !== undefined && relative(dirname(path), dirname(next)) === "";
    return [
      [path, path],
      ...(isNeighbour
        ? ([
            [path, next],
            [next, path],
          ] as [string, string][])
        : []),
    ];
  });
}

/** Whether a file says that it is an OpenAPI 3.0 or 3.1 document, whatever else is wrong with it. */
function isOpenAPI(path: string): boolean {
  return /^\s*\{?\s*["']?openapi["']?\s*:\s*["']?3\.[01]/m.test(readFileSync(path, "utf8"));
}
