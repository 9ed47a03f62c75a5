// pnpm bench:text DIR --fonts DIR: how well text is found, on lettering drawn into photographs.
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "node:util";
import { runCommand } from "@image-variations/command";
import { QualityError } from "./quality/quality-error.ts";
import { listImages } from "./quality/read-images.ts";
import { evaluate, type Evaluation } from "./text/evaluate.ts";
import { split } from "./text/examples.ts";
import { fitWeights, type Weights } from "./text/fit-weights.ts";

await runCommand({
  help: `pnpm bench:text DIR --fonts DIR [options]

Draws signs, pages, captions and posters into photographs, as a camera would see them, and measures how much of the text
the engine's detector finds, and what else it takes for text. Photographs and fonts are split in two halves: the figures are
of the half that the detector's weights were not fitted on.

DIR                a folder of photographs that hold no text
  --fonts DIR      a folder of .ttf and .otf files, with those in its folders
  --count NUMBER   images with text (default: 200)
  --fit            first fit the weights on the other half, and write packages/engine/src/analyse/text/line-weights.ts
  --help           this text
`,
  options: {
    fonts: { type: "string" },
    count: { type: "string", default: "200" },
    fit: { type: "boolean", default: false },
  },
  maximumPositionals: 1,
  userErrors: [QualityError],
  async run({ values, positionals }) {
    const [directory] = positionals;
    if (directory === undefined || typeof values["fonts"] !== "string") {
      throw new QualityError(
        "Expected a folder of photographs, and --fonts with a folder of fonts. Run with --help for more.",
      );
    }
    const count = Number(values["count"]);
    if (!Number.isInteger(count) || count < 1) {
      throw new QualityError(`--count must be an integer from 1, received "${values["count"]}".`);
    }
    const from = process.env["INIT_CWD"] ?? process.cwd();
    const photographs = path.resolve(from, directory);
    const [fitted, heldOut] = split(
      photographs,
      await listImages(photographs, Infinity),
      await listFonts(path.resolve(from, values["fonts"])),
    );
    if (values["fit"]) {
      const file = new URL("../../../engine/src/analyse/text/line-weights.ts", import.meta.url);
      await writeFile(file, print(await fitWeights(fitted, count)));
      console.error("Wrote line-weights.ts. Run again without --fit to measure it.");
      return;
    }
    report(await evaluate(heldOut, count));
  },
});

async function listFonts(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((cause: Error) => {
    throw new QualityError(`Cannot read the fonts in ${directory}: ${cause.message}`, { cause });
  });
  const fonts = entries
    .filter(({ name }) => /\.[ot]tf$/i.test(name))
    .map(({ parentPath, name }) => path.join(parentPath, name));
  if (fonts.length < 2) throw new QualityError(`${directory} has ${fonts.length} fonts; at least 2 are needed.`);
  return fonts.toSorted();
}

function print({ hidden, output, context }: Weights): string {
  return format(
    `/** Written by pnpm bench:text --fit. */
export const lineWeights: {
  /** The weights of each hidden unit, in the order of the features, and its bias. */
  readonly hidden: readonly (readonly number[])[];
  /** A weight for each hidden unit, and the bias. */
  readonly output: readonly number[];
  /** Weights of a line's own score and of its context, and the bias. */
  readonly context: readonly number[];
} = {
  hidden: [
%s
  ],
  output: [%s],
  context: [%s],
};
`,
    hidden.map((weights) => `    [${weights.join(", ")}],`).join("\n"),
    output.join(", "),
    context.join(", "),
  );
}

function report({ kinds, falseAlarms, falseShare, falseTextures, worst, milliseconds }: Evaluation): void {
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
  console.log("| text | images | recall | precision | images found |\n| --- | --- | --- | --- | --- |");
  for (const { kind, images, recall, precision, found } of kinds) {
    console.log(`| ${kind} | ${images} | ${percent(recall)} | ${percent(precision)} | ${percent(found)} |`);
  }
  console.log(
    `\nPhotographs without text: ${percent(falseAlarms)} have a false alarm; ${percent(falseShare)} of their area.`,
  );
  console.log(`Patterns drawn in code: ${percent(falseTextures)} have a false alarm.`);
  console.log(`Worst: ${worst.map(([name, share]) => `${name} ${percent(share)}`).join(", ")}`);
  console.log(`Median time: ${milliseconds.toFixed(0)} ms an image.`);
}
