import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { streamVariation, type ImageCreateVariationParams } from "@image-variations/client";
import { saveVariation } from "@image-variations/client/node";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { writeError } from "../files/file-errors.ts";
import { nearPath } from "../files/near-path.ts";
import { showPreview } from "./show-preview.ts";
import type { Reporter } from "./create-events.ts";
import type { CreateFlags } from "./create-flags.ts";
import { createReporter } from "./create-reporter.ts";
import { describeImages } from "./describe-amount.ts";
import { explainFailure } from "./explain-failure.ts";
import { checkPattern } from "./file-names.ts";
import { openTarget, type OpenTarget } from "./open-target.ts";
import { openViewer } from "./open-viewer.ts";
import { findInputs, readInput, type InputImage } from "./read-inputs.ts";
import { resolveOptions, type CreateOptions } from "./resolve-options.ts";
import { SavedFiles } from "./saved-files.ts";

/** Everything that the work on one image needs. */
interface Work {
  readonly input: InputImage;
  readonly options: CreateOptions;
  readonly context: CliContext;
  readonly target: OpenTarget;
  readonly reporter: Reporter;
}

/** What the work on all images has in common. */
type Surroundings = Pick<Work, "options" | "context" | "reporter">;

/** What came of one image. */
interface Outcome {
  readonly images: number;
  readonly bytes: number;
  /** The path of the contact sheet. */
  readonly sheet?: string;
  /** The paths of the files. */
  readonly files?: readonly string[];
}

/** Makes variations of images: every image is read and checked before anything is sent. */
export async function createImages(context: CliContext, flags: CreateFlags, ...args: string[]): Promise<void> {
  const options = await resolveOptions(flags, context);
  using reporter = createReporter(options, context);
  try {
    await createAll(args, { options, context, reporter });
  } catch (error) {
    if (error instanceof CliError) {
      reporter.report({ event: "failed", message: error.message, fix: error.fix, exit: error.exit });
    }
    throw error;
  } finally {
    await context.stdout.drained();
  }
}

async function createAll(args: readonly string[], work: Surroundings): Promise<void> {
  const { options, context, reporter } = work;
  const paths = await findInputs(args, context);
  checkOutput(paths, work);
  const inputs = await readInputs(paths, work);

  await using target = await openTarget(options, context);
  reporter.report({
    event: "target",
    ...(options.target.kind === "server" ? { server: options.target.url } : { backend: options.target.name }),
    source: options.target.source,
    ignored: target.ignored,
  });
  const started = performance.now();
  const total = { images: 0, bytes: 0 };
  const sheets: { readonly image: string; readonly path: string }[] = [];
  const saved: string[] = [];
  for (const input of inputs) {
    const { images, bytes, sheet, files = [] } = await createOne({ input, options, context, target, reporter });
    total.images += images;
    total.bytes += bytes;
    if (sheet !== undefined) sheets.push({ image: input.path, path: sheet });
    saved.push(...files);
  }
  reporter.report({ event: "done", ...total, seconds: (performance.now() - started) / 1_000 });
  if (options.preview) await showPreview(saved, context);
  for (const sheet of sheets) reporter.report({ event: "sheet", ...sheet });
}

/** Checks that what is asked for can be written where it is to go, before an image is read. */
function checkOutput(paths: readonly string[], { options, context }: Surroundings): void {
  if (options.out === "-" && paths.length > 1) {
    throw new CliError(`--out - writes one image; got ${paths.length} images to vary.`, {
      exit: "usage",
      fix: "Name a folder as --out, or one image.",
    });
  }
  if (options.out === "-" && context.stdout.isTerminal) {
    throw new CliError("--out - writes the bytes of an image, and standard output is a terminal.", {
      exit: "usage",
      fix: "Send it somewhere: … --out - > new.png",
    });
  }
  checkPattern(options.name, {
    images: paths.length,
    n: options.n,
    seed: options.parameters["seed"] as number | undefined,
  });
}

async function readInputs(
  paths: readonly string[],
  { options, context, reporter }: Surroundings,
): Promise<InputImage[]> {
  const inputs: InputImage[] = [];
  for (const path of paths) {
    const input = await readInput(path, context, { isFitted: options.fit });
    context.signal.throwIfAborted();
    const { width, height, bytes, warnings, fitSteps } = input;
    if (fitSteps.length > 0) reporter.report({ event: "fitted", image: path, steps: fitSteps });
    reporter.report({ event: "checked", image: path, width, height, bytes: bytes.length, warnings });
    inputs.push(input);
  }
  return inputs;
}

function createOne(work: Work): Promise<Outcome> {
  const { out, format } = work.options;
  if (out === "-") return toStandardOutput(work);
  return format === "files" ? toFiles(work) : toResponse(work);
}

async function toFiles(work: Work): Promise<Outcome> {
  const { input, options, context, target, reporter } = work;
  const started = performance.now();
  using files = new SavedFiles(input, options, context);
  let bytes = 0;
  try {
    watch(work);
    await saveVariation(
      target.client,
      request(work, "b64_json"),
      {
        directory: files.scratch,
        name: "image",
        onProgress(progress) {
          const index = progress.index + 1;
          if (progress.type !== "saved") {
            reporter.report({ event: "receiving", image: input.path, index, bytes: progress.totalBytes });
            return;
          }
          const path = nearPath(files.placeVariation(progress.path), context);
          bytes += progress.bytes;
          const seconds = (performance.now() - started) / 1_000;
          reporter.report({ event: "saved", image: input.path, index, path, bytes: progress.bytes, seconds });
          reporter.print(`${path}\n`);
        },
      },
      { signal: context.signal },
    );
  } catch (error) {
    throw explained(error, work, files.variations.length);
  }
  checkCount(files.variations.length, work);
  const outcome = { images: files.variations.length, bytes, files: files.variations };
  return options.sheet ? { ...outcome, sheet: await makeSheet(files, work) } : outcome;
}

async function makeSheet(files: SavedFiles, { input, options, context }: Work): Promise<string> {
  const sheet = await drawSheet(files.variations, input);
  const file = join(files.scratch, "sheet.png");
  let path: string;
  try {
    await writeFile(file, sheet);
    path = files.placeSheet(file);
  } catch (error) {
    throw writeError(error, nearPath(options.out, context)) ?? error;
  }
  if (options.open && !(await openViewer(path))) {
    context.stderr.write(`No viewer could be started; the contact sheet is ${nearPath(path, context)}.\n`);
  }
  return nearPath(path, context);
}

async function drawSheet(paths: readonly string[], input: InputImage): Promise<Uint8Array> {
  const { drawContactSheet } = await import("../sheet/draw-contact-sheet.ts");
  const { bytes, width, height } = input;
  try {
    return await drawContactSheet({
      input: { bytes, caption: `${input.name}, ${width}x${height}` },
      results: await Promise.all(paths.map(async (path) => ({ bytes: await readFile(path), caption: basename(path) }))),
    });
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`The contact sheet can't be drawn: ${(error as Error).message}.`, {
      fix: "The variations are saved; --no-sheet leaves the sheet out.",
      cause: error,
    });
  }
}

async function toStandardOutput(work: Work): Promise<Outcome> {
  const { context, target, reporter } = work;
  try {
    watch(work);
    const images = streamVariation(target.client, request(work, "b64_json"), { signal: context.signal });
    for await (const image of images) {
      const bytes = await image.bytes();
      // Whole or not at all: what was piped can't be taken back.
      await images.finalResponse();
      reporter.print(bytes);
      return { images: 1, bytes: bytes.length };
    }
  } catch (error) {
    throw explained(error, work, 0);
  }
  throw withoutImages(work);
}

async function toResponse(work: Work): Promise<Outcome> {
  const { input, options, context, target, reporter } = work;
  const isUrl = options.format === "url";
  const { client } = target;
  try {
    watch(work);
    const response = await client.images.createVariation(request(work, isUrl ? "url" : "b64_json"), {
      signal: context.signal,
    });
    const data = response.data ?? [];
    if (data.length === 0) throw withoutImages(work);
    if (!isUrl) {
      reporter.print(`${JSON.stringify(response)}\n`);
    } else {
      for (const [index, { url }] of data.entries()) {
        if (!url)
          throw new CliError(`${target.label} sent no URL for image ${index + 1}.`, {
            fix: "Leave --format out to save files.",
          });
        reporter.report({ event: "url", image: input.path, index: index + 1, url });
        reporter.print(`${url}\n`);
      }
    }
    return { images: data.length, bytes: 0 };
  } catch (error) {
    throw explained(error, work, 0);
  }
}

/** Lets the user see how far the request is. */
function watch({ input: { path: image }, target, reporter }: Work): void {
  target.progress = {
    onUpload: (sent, total) => reporter.report({ event: "uploading", image, sent, total }),
    onSent: () => reporter.report({ event: "waiting", image }),
    onMaking: (done) => reporter.report({ event: "making", image, done }),
    onRetry: (reason) => reporter.report({ event: "retrying", image, reason }),
  };
}

/** The parameters of the request. `seed`, `strength` and `prompt` are controls of this project's server. */
function request({ input, options }: Work, format: "b64_json" | "url"): ImageCreateVariationParams {
  const image = new File([input.bytes], `${input.name}.png`, { type: "image/png" });
  return { image, ...options.parameters, response_format: format } as ImageCreateVariationParams;
}

function checkCount(count: number, work: Work): void {
  const { n } = work.options;
  if (count === 0) throw withoutImages(work);
  if (count !== n) {
    throw new CliError(`${work.target.label} sent ${describeImages(count)} instead of ${n}.`, {
      fix: "They are saved.",
    });
  }
}

function withoutImages({ target }: Work): CliError {
  return new CliError(`${target.label} responded without images.`, {
    fix: "image-variations conform URL shows what else a server does otherwise.",
  });
}

function explained(error: unknown, { options, context, target }: Work, saved: number): unknown {
  if (context.signal.aborted) {
    const kept =
      saved > 0
        ? `${describeImages(saved)} of ${options.n} ${saved === 1 ? "is" : "are"} saved.`
        : "Nothing was saved.";
    return new CliError("Interrupted.", { exit: "interrupted", fix: kept, cause: context.signal.reason });
  }
  return explainFailure(error, {
    label: target.label,
    isLocal: options.target.kind === "backend",
    folder: nearPath(options.out, context),
    n: options.n,
    saved,
    hiddenFailure: target.hiddenFailure,
  });
}
