import { readFile } from "node:fs/promises";
import type { CliContext } from "../command-line/cli-context.ts";
import { printable } from "../files/printable.ts";

/** Shows images on standard error, if that is a terminal that can. What can't be shown is told, and nothing more: the files are there. */
export async function showPreview(paths: readonly string[], { stderr, stdin, environment }: CliContext): Promise<void> {
  if (!stderr.isTerminal || paths.length === 0) return;
  try {
    const { openPreview } = await import("../preview/open-preview.ts");
    const input = stdin.isTerminal ? process.stdin : undefined;
    const preview = await openPreview({ stream: stderr, environment, input });
    await preview?.show(await Promise.all(paths.map((path) => readFile(path))));
  } catch (error) {
    stderr.write(`There is no preview: ${printable((error as Error).message)}\n`);
  }
}
