import { readFile } from "node:fs/promises";
import { basename, extname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ImageVariations, type ImageCreateVariationParams } from "@image-variations/client";
import { formatReport, inspectPngHeader, parameterTables, validateImageVariation } from "@image-variations/validation";
import { startPrism } from "../prism/start-prism.ts";
import { DemoError } from "./demo-error.ts";
import type { DemoOptions } from "./demo-options.ts";
import { describeFailure } from "./describe-failure.ts";
import { saveImages } from "./save-images.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const parameters = { n: 2, response_format: "b64_json" } as const;

/** Where the demonstration prints, a line at a time. */
export type Print = (line: string) => void;

/**
 * The way of a picture, told step by step: checked, sent, answered, saved.
 *
 * @throws DemoError, PrismError or SpecError with a sentence for people where a step can't be taken.
 */
export async function runDemo(options: DemoOptions, print: Print): Promise<void> {
  const folder = resolve(options.out);
  const picture = options.picture ? resolve(options.picture) : resolve(root, "assets/otter.png");
  const image = await readPicture(picture);

  const say = (topic: string, ...lines: readonly string[]): void => {
    for (const [index, line] of lines.entries()) print(`  ${(index === 0 ? topic : "").padEnd(10)}${line}`);
  };
  say("Checked", near(picture), await check(picture, image));

  if (options.baseURL) {
    const client = connect({ baseURL: options.baseURL });
    say("Server", options.baseURL);
    await call(client, {});
    return;
  }
  await using prism = await startPrism({
    port: options.port,
    ...(options.spec && { spec: resolve(options.spec) }),
  });
  say("Server", `${prism.url}, Prism's mock of ${near(options.spec ?? resolve(root, "specs/image-variations.yaml"))}`);
  // The mock answers every call with an example of the spec: this one has pictures in it.
  await call(connect({ baseURL: prism.url, apiKey: "any-key" }), { prefer: "example=b64_json" });
  print("");
  print("  A mock draws nothing: whatever is sent, these are the pictures of the contract's example.");

  async function call(client: ImageVariations, headers: Record<string, string>): Promise<void> {
    const started = performance.now();
    const file = new File([image], basename(picture), { type: "image/png" });
    const request: ImageCreateVariationParams = { image: file, ...parameters };
    const listed = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    say("Sent", `POST ${client.baseURL}/images/variations`, `image=${basename(picture)} ${listed.join(" ")}`);
    const { data, response, request_id } = await client.images
      .createVariation(request, { headers })
      .withResponse()
      .catch((error: unknown) => {
        const sentence = describeFailure(error, client.baseURL);
        throw sentence ? new DemoError(sentence, { cause: error }) : error;
      });
    const images = data.data ?? [];
    const took = `${Math.round(performance.now() - started)} ms`;
    const name = request_id ? `, request ${request_id}` : "";
    say("Answered", `${response.status} after ${took}${name}, with ${count(images.length, "picture")}`);
    const saved = await saveImages(images, folder, basename(picture, extname(picture)));
    const lines = await Promise.all(saved.map(async ({ path, bytes }) => `${near(path)}  ${await describe(bytes)}`));
    say("Saved", ...lines);
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

async function readPicture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DemoError(
      code === "ENOENT" ? `There is no picture at ${path}.` : `The picture at ${path} can't be read: ${message}.`,
      { cause },
    );
  }
}

async function check(path: string, image: Uint8Array): Promise<string> {
  const result = await validateImageVariation({ image, ...parameters });
  if (!result.valid) throw new DemoError(`${near(path)} can't be sent.\n${formatReport(result)}`);
  return `${await describe(image)}: square, and small enough`;
}

async function describe(bytes: Uint8Array): Promise<string> {
  const limits = parameterTables.createImageVariation.find((parameter) => parameter.kind === "image");
  const { width, height } = await inspectPngHeader(bytes, { limits: limits! });
  const size = width === null ? "no PNG" : `PNG, ${width}×${height} pixels`;
  return `${size}, ${bytes.length.toLocaleString("en")} bytes`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A path as a person here would type it. */
function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || !short ? path : short;
}
