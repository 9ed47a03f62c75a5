import { readFile } from "node:fs/promises";
import { basename, extname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { engine } from "@image-variations/backends/engine";
import { ImageVariations, streamVariation, type ImageCreateVariationParams } from "@image-variations/client";
import { createHandler } from "@image-variations/server";
import { serve, type RunningServer } from "@image-variations/server/node";
import { formatReport, inspectPngHeader, parameterTables, validateImageVariation } from "@image-variations/validation";
import { contactSheet } from "./contact-sheet.ts";
import { DemoError } from "./demo-error.ts";
import type { DemoOptions } from "./demo-options.ts";
import { describeFailure } from "./describe-failure.ts";
import { saveImages } from "./save-images.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Where the demonstration prints, a line at a time. */
export type Print = (line: string) => void;

/**
 * The way of an image, told step by step: checked, sent, made, saved.
 *
 * @throws DemoError with a sentence for people if a step cannot be taken.
 */
export async function runDemo(options: DemoOptions, print: Print): Promise<void> {
  const path = options.image ? resolve(options.image) : resolve(root, "assets/otter.png");
  const bytes = await readImage(path);
  const { n, size, seed } = options;
  const parameters = { n, size: size as "1024x1024", response_format: "b64_json" } as const;
  const say = (topic: string, ...lines: readonly string[]): void => {
    for (const [index, line] of lines.entries()) print(`  ${(index === 0 ? topic : "").padEnd(10)}${line}`);
  };

  say("Checked", near(path), await check(path, { image: bytes, ...parameters }));
  await using server = options.baseURL ? undefined : await startServer(options.port);
  const baseURL = options.baseURL ?? `${server!.url}/v1`;
  say("Server", server ? `${baseURL}, ours: its engine makes the images from the pixels of yours` : baseURL);
  const client = connect(server ? { baseURL, apiKey: "any" } : { baseURL });

  const file = new File([bytes], basename(path), { type: "image/png" });
  // `seed` is one of the server's own controls, which the contract does not have.
  const request = { image: file, ...parameters, ...(seed !== undefined && { seed }) } as ImageCreateVariationParams;
  const { image: _, ...listed } = request;
  const shown = Object.entries(listed).map(([name, value]) => `${name}=${value as string}`);
  say("Sent", `POST ${baseURL}/images/variations`, `image=${basename(path)} ${shown.join(" ")}`);
  const images = await receive(client, request, (line, index) => say(index === 0 ? "Received" : "", line));

  const name = basename(path, extname(path));
  const sheet = { name: `${name}-sheet.png`, bytes: await contactSheet(bytes, images) };
  const files = [...images.map((image, index) => ({ name: `${name}-${index + 1}.png`, bytes: image })), sheet];
  const saved = (await saveImages(files, resolve(options.out))).map(near);
  say("Saved", ...saved.slice(0, -1));
  say("Sheet", `${saved.at(-1)!}: your image and its variations side by side`);
}

/** Reads the images one by one, and tells when each is there. */
async function receive(
  client: ImageVariations,
  request: ImageCreateVariationParams,
  tell: (line: string, index: number) => void,
): Promise<Uint8Array[]> {
  const started = performance.now();
  const images: Uint8Array[] = [];
  try {
    for await (const image of streamVariation(client, request)) {
      const bytes = await image.bytes();
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      tell(`image ${images.length + 1} after ${seconds} s: ${await describe(bytes)}`, images.length);
      images.push(bytes);
    }
  } catch (error) {
    const sentence = describeFailure(error, client.baseURL);
    throw sentence ? new DemoError(sentence, { cause: error }) : error;
  }
  if (images.length === 0) throw new DemoError(`${client.baseURL} responded without images.`);
  return images;
}

async function startServer(port: number): Promise<RunningServer> {
  try {
    return await serve({ handler: createHandler({ backend: engine() }), port, logger: false, metrics: false });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
    throw new DemoError(`Port ${port} on 127.0.0.1 is in use. Pass another as --port, or none for a free one.`, {
      cause,
    });
  }
}

function connect(options: { baseURL: string; apiKey?: string }): ImageVariations {
  try {
    return new ImageVariations(options);
  } catch (error) {
    const sentence = describeFailure(error, options.baseURL);
    throw sentence ? new DemoError(sentence, { cause: error }) : error;
  }
}

async function readImage(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DemoError(
      code === "ENOENT" ? `There is no image at ${path}.` : `The image at ${path} cannot be read: ${message}.`,
      { cause },
    );
  }
}

async function check(path: string, request: ImageCreateVariationParams): Promise<string> {
  const result = await validateImageVariation(request, { depth: "pixels" });
  if (!result.valid) throw new DemoError(`${near(path)} cannot be sent.\n${formatReport(result)}`);
  return `${await describe(request.image as Uint8Array)}: square, and small enough`;
}

async function describe(bytes: Uint8Array): Promise<string> {
  const limits = parameterTables.createImageVariation.find((parameter) => parameter.kind === "image");
  const { width, height } = await inspectPngHeader(bytes, { limits: limits! });
  const size = width === null ? "not a PNG" : `PNG, ${width}×${height} pixels`;
  return `${size}, ${bytes.length.toLocaleString("en")} bytes`;
}

/** A path as a person here would type it. */
function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || !short ? path : short;
}
