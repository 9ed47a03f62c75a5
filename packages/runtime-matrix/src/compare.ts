// pnpm compare [mutations] [seed]: how many of the corpus's files, and of mutations, each library judges rightly.
import { invalidImages, validImages } from "@image-variations/png-corpus/images";
import { judges } from "./judges/judges.ts";
import { startLibpng } from "./judges/libpng.ts";
import { startJudge, type Outcome } from "./judges/start-judge.ts";
import { mutate, randomOf } from "./mutate.ts";
import { endQuietlyWithReader } from "@image-variations/command";

endQuietlyWithReader();
const [mutations = 2000, seed = 1] = process.argv.slice(2).map(Number);
await using libpng = startLibpng();
if (!libpng) throw new Error("There is no libpng to compile against: install a C compiler and libpng-dev.");

const valid = validImages().map(({ bytes }) => bytes);
const faulty = invalidImages();
const broken = faulty.filter(({ severity }) => severity === "error").map(({ bytes }) => bytes);
const tolerable = faulty.filter(({ severity }) => severity === "warning").map(({ bytes }) => bytes);
const random = randomOf(seed);
const sources = [...valid, ...broken, ...tolerable];
const mutated: { bytes: Uint8Array; accepted: boolean }[] = [];
for (let index = 0; index < mutations; index++) {
  const bytes = mutate(
    sources[random(2) ? random(sources.length) : valid.length + random(sources.length - valid.length)]!,
    random,
  );
  mutated.push({ bytes, accepted: (await libpng.judge(bytes)).accepted });
}
const fatal = mutated.filter(({ accepted }) => !accepted).map(({ bytes }) => bytes);

const rows: { [name: string]: { [column: string]: string } } = {};
for (const name of ["libpng", ...Object.keys(judges)]) {
  const running = name === "libpng" ? undefined : startJudge(name);
  const outcome = async (bytes: Uint8Array): Promise<Outcome> => {
    if (running) return running.judge(bytes);
    return (await libpng.judge(bytes)).accepted ? "accepted" : "refused";
  };
  const count = async (wanted: Outcome, files: readonly Uint8Array[]): Promise<string> => {
    const counts = { accepted: 0, refused: 0, died: 0 };
    for (const bytes of files) counts[await outcome(bytes)]++;
    return `${counts[wanted]} of ${files.length}${counts.died > 0 ? `, died of ${counts.died}` : ""}`;
  };
  rows[name] = {
    "valid, accepted": await count("accepted", valid),
    "harmless, accepted": await count("accepted", tolerable),
    "broken, refused": await count("refused", broken),
    "mutations that libpng refuses, refused": await count("refused", fatal),
  };
  await running?.stop();
}
console.log(`The corpus, and ${mutations} mutations with seed ${seed}:`);
console.table(rows);
