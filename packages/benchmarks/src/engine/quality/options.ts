import { tmpdir } from "node:os";
import path from "node:path";
import type { parseArgs } from "node:util";
import { QualityError } from "./quality-error.ts";

export const help = `pnpm bench:quality DIR [options]

Makes contact sheets and a table of figures from a folder of images: what the engine makes of them, and how good that is.
Every image is cropped to its central square, as the endpoint wants it, and scaled to --size.

Options
  --strength LIST    strengths from 0 to 1, with commas between them (default: 0.25,0.5,0.6,0.8,1)
  --n NUMBER         variations of each image at each strength, 2 to 10 (default: 4)
  --seed NUMBER      the first seed; the same seed gives the same figures (default: 1)
  --size PIXELS      side of input and variations, 32 to 4096 (default: 256)
  --limit NUMBER     take so many images, spread evenly over the folder (default: all)
  --out DIR          where sheets and report go (default: image-variations-quality in the temporary directory)
  --prototype FILE   also measure the C prototype compiled to WASM, on the same images and seeds
  --no-engine        with --prototype: measure the prototype alone
  --no-sheets        figures only
  --no-tone          the engine keeps light and colour, so that the figures show rearrangement alone
  --help             this text

Figures, of all variations of one image at one strength, then averaged over the images
  diversity          standard deviation of each pixel over the variations, 0 to 0.5; higher is more diverse
  pairwise SSIM      mean structural similarity of every two variations; lower is more diverse
  SWD                sliced Wasserstein distance of 7×7 patches to the input; lower is more faithful
  SSIM to input      mean structural similarity to the input
  near-identical     images of which any variation has an SSIM to the input over 0.9
  displaced          share of the pixels that came from more than 3 % of the side away, beyond the global transform;
                     estimated from the images, from below

Writes sheet-….png, report.md and report.json, and prints the table of means.
docs/benchmarks.md says how each figure is defined.
`;

export interface QualityOptions {
  readonly directory: string;
  readonly strengths: readonly number[];
  readonly n: number;
  readonly seed: number;
  readonly size: number;
  readonly limit: number;
  readonly out: string;
  readonly prototype?: string;
  readonly engine: boolean;
  readonly sheets: boolean;
  readonly tone: boolean;
}

/** The options of the command. */
export const options = {
  strength: { type: "string", default: "0.25,0.5,0.6,0.8,1" },
  n: { type: "string", default: "4" },
  seed: { type: "string", default: "1" },
  size: { type: "string", default: "256" },
  limit: { type: "string" },
  out: { type: "string" },
  prototype: { type: "string" },
  engine: { type: "boolean", default: true },
  sheets: { type: "boolean", default: true },
  tone: { type: "boolean", default: true },
} as const;

/** What the command line says, as `parseArgs` reads it by `options`. */
export interface CommandLine {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/**
 * Reads the command line. Paths are relative to `from`.
 *
 * Throws `QualityError` if a value is out of range.
 */
export function readOptions(line: CommandLine, from: string): QualityOptions {
  const { positionals } = line;
  const values = line.values as ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  const [directory, ...others] = positionals;
  if (directory === undefined || others.length > 0) {
    throw new QualityError(
      `Expected one folder of images, received ${positionals.length}. Run with --help for the options.`,
    );
  }
  const prototype = values.prototype;
  if (!values.engine && prototype === undefined)
    throw new QualityError("--no-engine needs --prototype: nothing is left to measure.");
  return {
    directory: path.resolve(from, directory),
    strengths: values.strength.split(",").map((text) => readNumber("--strength", text, { least: 0, most: 1 })),
    n: readInteger("--n", values.n, { least: 2, most: 10 }),
    seed: readInteger("--seed", values.seed, { least: 0, most: 2 ** 32 - 1 }),
    size: readInteger("--size", values.size, { least: 32, most: 4096 }),
    limit: values.limit === undefined ? Infinity : readInteger("--limit", values.limit, { least: 1, most: 1_000_000 }),
    out: path.resolve(from, values.out ?? path.join(tmpdir(), "image-variations-quality")),
    ...(prototype !== undefined && { prototype: path.resolve(from, prototype) }),
    engine: values.engine,
    sheets: values.sheets,
    tone: values.tone,
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function readNumber(option: string, text: string, { least, most }: Range): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= least && value <= most)) {
    throw new QualityError(`${option} must be a number from ${least} to ${most}, received "${text}".`);
  }
  return value;
}

function readInteger(option: string, text: string, range: Range): number {
  const value = readNumber(option, text, range);
  if (!Number.isInteger(value)) throw new QualityError(`${option} must be an integer, received "${text}".`);
  return value;
}
