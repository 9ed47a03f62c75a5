import { proposeCompletions, type Application } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";

/** What the script of a shell is told beside the proposals: whether it may propose files as well. */
const directives = { filesToo: ":0", nothingElse: ":4" } as const;

/**
 * Prints what a word of a command line can be completed to, in the form that the scripts of `complete` read: a proposal on
 * each line, a tab, what it is; and at the end whether files are proposed as well.
 *
 * @param words What was typed after the command's name, to the word that is completed.
 */
export async function printProposals(
  application: Application<CliContext>,
  words: readonly string[],
  context: CliContext,
): Promise<void> {
  const partial = words.at(-1) ?? "";
  const proposals = await proposeCompletions(application, words, context);
  const verbs = words.length > 1 || partial.startsWith("-") ? [] : verbsOf(application, partial);
  const own = proposals.map(({ completion, brief }) => ({ completion, brief }));
  const all = [...verbs, ...own.filter(({ completion }) => !verbs.some((verb) => verb.completion === completion))];
  // Options are proposed when a dash is typed; before that, they would stand before every file.
  const shown = all.filter(({ completion }) => partial.startsWith("-") || !completion.startsWith("-"));
  for (const { completion, brief } of shown) context.stdout.write(`${completion}\t${brief}\n`);
  const isValue = words.length > 1 && shown.length > 0;
  context.stdout.write(`${isValue || partial.startsWith("-") ? directives.nothingElse : directives.filesToo}\n`);
  await context.stdout.drained();
}

interface Proposal {
  readonly completion: string;
  readonly brief: string;
}

function verbsOf({ root }: Application<CliContext>, partial: string): Proposal[] {
  if (!("getAllEntries" in root)) return [];
  return root
    .getAllEntries()
    .map(({ name, target }) => ({ completion: name["convert-camel-to-kebab"], brief: target.brief }))
    .filter(({ completion }) => completion.startsWith(partial));
}
