import type { CliContext } from "../command-line/cli-context.ts";
import type { Shell } from "./shells.ts";

/** Prints the script for a shell. */
export async function printCompletions(context: CliContext, _flags: object, shell: Shell): Promise<void> {
  const { script } = await import("@bomb.sh/tab");
  context.stdout.write(await printedBy(() => script(shell, "image-variations", "image-variations")));
  await context.stdout.drained();
}

/** What a library prints that does not return it. */
async function printedBy(print: () => void): Promise<string> {
  const { log } = console;
  let text = "";
  console.log = (line: string) => (text += `${line}\n`);
  try {
    print();
  } finally {
    console.log = log;
  }
  return text;
}
