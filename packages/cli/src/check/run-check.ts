import type { CliContext, OutputStream } from "../command-line/cli-context.ts";
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
  using printer = createPrinter(stdout);
  for await (const checked of checkImages(args, { depth, stdin, signal, fileSystem })) {
    countChecked(counts, checked);
    if (quiet && checked.status === "accepted") continue;
    await printer.print(`${json ? toCheckedJson(checked) : formatChecked(checked, stdout)}\n`);
  }
  if (!json && !quiet && counts.accepted + counts.rejected + counts.unreadable > 1) {
    await printer.print(`\n${formatSummary(counts)}\n`);
  }
  await printer.flush();
  return exitOf(counts);
}

/** How many characters are written to a file or a pipe at once: a system call for each image would take longer. */
const pieceLength = 4_096;
/** How long a result waits for others, in milliseconds: the next image may come from a slow pipe. */
const patience = 50;

/** Prints in pieces, as fast as the reader reads. */
interface Printer extends Disposable {
  print(text: string): Promise<void>;
  flush(): Promise<void>;
}

function createPrinter(stdout: OutputStream): Printer {
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) stdout.write(waiting);
    waiting = "";
  };
  const flush = async (): Promise<void> => {
    write();
    await stdout.drained();
  };
  return {
    async print(text) {
      waiting += text;
      if (stdout.isTerminal || waiting.length >= pieceLength) await flush();
      else timer ??= setTimeout(write, patience);
    },
    flush,
    [Symbol.dispose]: write,
  };
}

/** What could not be read makes a check incomplete, whatever else it found. */
function exitOf({ unreadable, rejected }: CheckCounts): ExitName {
  if (unreadable > 0) return "failed";
  return rejected > 0 ? "invalidImage" : "ok";
}
