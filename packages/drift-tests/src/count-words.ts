// pnpm words [DIR]: how often each replaced word is used in each folder of a checkout.
import { resolve } from "node:path";
import { runCommand } from "@image-variations/command";
import { root } from "./repository/repository.ts";
import { findWordsOf, listWrittenFiles } from "./words/written-files.ts";

await runCommand({
  help: `pnpm words [folder]

Counts the words that the vocabulary replaces, in each folder of a checkout. Default: this one.
`,
  maximumPositionals: 1,
  run({ positionals: [folder] }) {
    const byFolder = countWords(folder === undefined ? root : resolve(folder));
    let total = 0;
    for (const [name, counts] of byFolder) {
      const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
      const sum = sorted.reduce((before, [, count]) => before + count, 0);
      total += sum;
      console.log(
        `${String(sum).padStart(5)}  ${name}: ${sorted.map(([word, count]) => `${word} ${count}`).join(", ")}`,
      );
    }
    console.log(`${String(total).padStart(5)}  in all`);
  },
});

function countWords(checkout: string): Map<string, Map<string, number>> {
  const byFolder = new Map<string, Map<string, number>>();
  for (const path of listWrittenFiles(checkout)) {
    for (const { word } of findWordsOf(path, checkout)) {
      const parts = path.split("/");
      const name = parts.length === 1 ? "." : parts.slice(0, parts[0] === "packages" ? 2 : 1).join("/");
      const counts = byFolder.get(name) ?? new Map<string, number>();
      byFolder.set(name, counts.set(word, (counts.get(word) ?? 0) + 1));
    }
  }
  return byFolder;
}
