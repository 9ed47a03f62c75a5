// pnpm compare [mutations] [seed]: on how many files of the corpus, and mutations of them, each decoder decides rightly.
import { CommandError, runCommand } from "@image-variations/command";
import { invalidImages } from "@image-variations/png-corpus/images";
import { mutate, randomOf } from "@image-variations/png-corpus/mutate-png";
import { validImages } from "@image-variations/png-corpus/images";
import { decoders } from "./decoders/decoders.ts";
import { startDecoder, type Outcome } from "./decoders/start-decoder.ts";
import { startLibpng, type Libpng } from "./libpng/start-libpng.ts";

const valid = validImages().map(({ bytes }) => bytes);
const invalid = invalidImages();
const broken = invalid.filter(({ severity }) => severity === "error").map(({ bytes }) => bytes);
const tolerable = invalid.filter(({ severity }) => severity === "warning").map(({ bytes }) => bytes);

await runCommand({
  help: `pnpm compare [mutations] [seed]

Counts how many files of the corpus, and how many mutations of them, each PNG decoder accepts and rejects rightly. libpng
decides which mutations are broken.

  mutations   default: 2000
  seed        of the mutations; default: 1
`,
  maximumPositionals: 2,
  async run({ positionals }) {
    const [mutations = 2000, seed = 1] = positionals.map(Number);
    await using libpng = startLibpng();
    if (!libpng) throw new CommandError("libpng is missing: install a C compiler and libpng-dev.");
    const rejected = await mutationsThatLibpngRejects(libpng, mutations, seed);
    const rows: { [name: string]: { [column: string]: string } } = {
      libpng: await countVerdicts(async (bytes) => (await libpng.read(bytes)).outcome, rejected),
    };
    for (const name of Object.keys(decoders)) {
      const decoder = startDecoder(name);
      rows[name] = await countVerdicts(decoder.read, rejected);
      await decoder.stop();
    }
    console.log(`The corpus, and ${mutations} mutations with seed ${seed}:`);
    console.table(rows);
  },
});

async function mutationsThatLibpngRejects(libpng: Libpng, mutations: number, seed: number): Promise<Uint8Array[]> {
  const random = randomOf(seed);
  const sources = [...valid, ...broken, ...tolerable];
  const rejected: Uint8Array[] = [];
  for (let index = 0; index < mutations; index++) {
    const at = random(2) ? random(sources.length) : valid.length + random(sources.length - valid.length);
    const bytes = mutate(sources[at]!, random);
    if ((await libpng.read(bytes)).outcome === "rejected") rejected.push(bytes);
  }
  return rejected;
}

type Read = (bytes: Uint8Array) => Promise<Outcome>;

async function countVerdicts(read: Read, mutations: readonly Uint8Array[]): Promise<Record<string, string>> {
  return {
    "valid, accepted": await count(read, "accepted", valid),
    "harmless, accepted": await count(read, "accepted", tolerable),
    "broken, rejected": await count(read, "rejected", broken),
    "mutations that libpng rejects, rejected": await count(read, "rejected", mutations),
  };
}

async function count(read: Read, wanted: Outcome, files: readonly Uint8Array[]): Promise<string> {
  const counts = { accepted: 0, rejected: 0, crashed: 0 };
  for (const bytes of files) counts[await read(bytes)]++;
  return `${counts[wanted]} of ${files.length}${counts.crashed > 0 ? `, crashed on ${counts.crashed}` : ""}`;
}
