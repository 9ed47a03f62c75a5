import type { CliContext } from "../command-line/cli-context.ts";
import type { ExitName } from "../command-line/exit-codes.ts";
import { countChecked, createCounts, type CheckCounts } from "./check-counts.ts";
import type { CheckFlags } from "./check-flags.ts";
import { checkImages } from "./check-images.ts";
import { diskFileSystem } from "./file-system.ts";
import { formatChecked, formatSummary, toCheckedJson } from "./format-checked.ts";

/** Checks images, and prints the result of each as soon as it is known. */
export async function runCheck(context: CliContext, flags: CheckFlags, ...args: string[]): Promise<ExitName> {
  const { stdout, stdin, signal, workingDirectory } = context;
  const { depth, json, quiet } = flags;
  const counts = createCounts();
  const fileSystem = diskFileSystem(workingDirectory);
  let unprinted = "";
  const print = async (atMost: number): Promise<void> => {
    if (unprinted.length <= atMost) return;
    stdout.write(unprinted);
    unprinted = "";
    await stdout.drained();
  };
  for await (const checked of checkImages(args, { depth, stdin, signal, fileSystem })) {
    countChecked(counts, checked);
    if (quiet && checked.status === "accepted") continue;
    unprinted += `${json ? toCheckedJson(checked) : formatChecked(checked, stdout)}\n`;
    await print(stdout.isTerminal ? 0 : pieceLength);
  }
  if (!json && !quiet && counts.accepted + counts.rejected + counts.unreadable > 1) {
    unprinted += `\n${formatSummary(counts)}\n`;
  }
  await print(0);
  return exitOf(counts);
}

/** How many characters are written to a file or a pipe at once: a system call for each image would take longer. */
const pieceLength = 4_096;

/** What could not be read makes a check incomplete, whatever else it found. */
function exitOf({ unreadable, rejected }: CheckCounts): ExitName {
  if (unreadable > 0) return "failed";
  return rejected > 0 ? "invalidImage" : "ok";
}
