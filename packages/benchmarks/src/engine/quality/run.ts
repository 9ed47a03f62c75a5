import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PixelImage } from "@image-variations/engine";
import { drawContactSheet, type SheetRow } from "./contact-sheet.ts";
import { createEngine } from "./engine.ts";
import { type Figures, measure } from "./measure.ts";
import type { Method } from "./method.ts";
import type { QualityOptions } from "./options.ts";
import { loadPrototype } from "./prototype.ts";
import { QualityError } from "./quality-error.ts";
import { listImages, type NamedImage, readSquare } from "./read-images.ts";
import { formatResults, formatSummary, type Result, summarise } from "./report.ts";

const rowsOnSheet = 8;

/**
 * Measures each method at each strength over the folder, writes sheets and report, and prints the means.
 *
 * Throws `QualityError` if there is nothing to measure, or nowhere to write.
 */
export async function run(options: QualityOptions): Promise<void> {
  const images = await readImages(options);
  const methods = options.engine ? [createEngine(options)] : [];
  if (options.prototype !== undefined) methods.push(await loadPrototype(options.prototype));
  await mkdir(options.out, { recursive: true }).catch((cause: Error) => {
    throw new QualityError(`Cannot write to ${options.out}: ${cause.message}. Choose another folder with --out.`, {
      cause,
    });
  });

  const results: Result[] = [];
  for (const method of methods) {
    for (const strength of options.strengths) results.push(...(await measureAll(method, strength, images, options)));
  }

  const summaries = summarise(results);
  const { n, seed, size, tone, strengths } = options;
  const table = formatSummary(summaries);
  const intro = `${images.length} images at ${size}², ${n} variations each, seed ${seed}.`;
  await writeFile(
    path.join(options.out, "report.md"),
    `# Quality\n\n${intro}\n\n${table}\n\n${formatResults(results)}\n`,
  );
  const report = { settings: { n, seed, size, tone, strengths }, summaries, results };
  await writeFile(path.join(options.out, "report.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`${intro}\n\n${table}`);
  console.error(`\nSheets and report: ${options.out}`);
}

async function readImages({ directory, limit, size }: QualityOptions): Promise<NamedImage[]> {
  const images: NamedImage[] = [];
  for (const file of await listImages(directory, limit)) {
    try {
      images.push(await readSquare(directory, file, size));
    } catch (error) {
      if (!(error instanceof QualityError)) throw error;
      console.error(`Skipped: ${error.message}`);
    }
  }
  if (images.length === 0) throw new QualityError(`${directory} has no file that can be read as an image.`);
  return images;
}

async function measureAll(
  method: Method,
  strength: number,
  images: readonly NamedImage[],
  options: QualityOptions,
): Promise<Result[]> {
  const title = `${method.name}, strength ${strength}`;
  const results: Result[] = [];
  let rows: SheetRow[] = [];
  let sheets = 0;
  for (const [i, { name, image }] of images.entries()) {
    console.error(`${title}: ${i + 1} of ${images.length}, ${name}`);
    const started = performance.now();
    const variations = await collect(method.vary(image, { ...options, strength }));
    const figures = measure(image, variations, (performance.now() - started) / options.n);
    results.push({ method: method.name, strength, image: name, figures });
    if (!options.sheets) continue;
    rows.push({ name, input: image, variations, note: describe(figures) });
    if (rows.length === rowsOnSheet || i === images.length - 1) {
      const file = `sheet-${method.name.replaceAll(/\W+/g, "-")}-${strength.toFixed(2)}-${++sheets}.png`;
      await writeFile(
        path.join(options.out, file),
        await drawContactSheet(rows, { title, cell: Math.min(options.size, 384) }),
      );
      rows = [];
    }
  }
  return results;
}

async function collect(variations: AsyncIterable<PixelImage>): Promise<PixelImage[]> {
  const all: PixelImage[] = [];
  for await (const variation of variations) all.push(variation);
  return all;
}

function describe({ diversity, swd, ssimToInput, displaced }: Figures): string {
  const parts = [
    `diversity ${diversity.toFixed(3)}`,
    `SWD ${swd.toFixed(3)}`,
    `SSIM to input ${ssimToInput.toFixed(2)}`,
  ];
  return [...parts, `displaced ${(displaced * 100).toFixed(0)} %`].join("  ·  ");
}
