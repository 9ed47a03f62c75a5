// The validator's speed and memory at each depth, beside its peers: a part of pnpm bench.
import { runCommand } from "@image-variations/command";

await runCommand({
  help: `pnpm bench [rounds] [header|structure|pixels|memory|costly]

Measures each depth of the validator beside its peers in the same run, and ends with 1 if a goal is missed. Default: 41
rounds of all.
`,
  maximumPositionals: 2,
  async run({ positionals: [rounds = "41", only = ""] }) {
    // Loaded here, because they make their images when they are loaded.
    const { benchDepths, benchMemory } = await import("./bench-depths.ts");
    await benchDepths(Number(rounds), only);
    if ("memory".startsWith(only)) await benchMemory();
    if (!"costly".startsWith(only)) return;
    const { benchCostlyImages } = await import("./bench-costly-images.ts");
    await benchCostlyImages();
  },
});
