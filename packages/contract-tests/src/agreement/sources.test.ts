// The client and the validator agree on what a file is: the validator reads what the client accepts, and for everything
// else both say how to get a file from it. `validate` does not change what the client accepts.
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { ImageVariations, type ImageCreateVariationParams, toStreamingFile } from "@image-variations/client";
import { listen, type TestServer } from "@image-variations/testing/listen";
import { imageVariationParams, validateImageVariation } from "@image-variations/validation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMultipart } from "../wire/parse-multipart.ts";
import { recordRequests, type Recorder } from "../wire/record-requests.ts";
import { sampleImage } from "../wire/sample-image.ts";

const png = sampleImage;
const folder = mkdtempSync(join(tmpdir(), "sources-"));
const path = join(folder, "otter.png");
writeFileSync(path, png);

const servers: TestServer[] = [];
let recorder: Recorder;
beforeAll(async () => {
  recorder = await recordRequests();
});
afterAll(async () => {
  for (const server of [recorder, ...servers]) await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** The part that reaches the server, or the error. */
async function sent(image: unknown, options: object = {}): Promise<unknown> {
  const client = new ImageVariations({ baseURL: recorder.url, apiKey: "key", maxRetries: 0, ...options });
  try {
    await client.images.createVariation({ image } as ImageCreateVariationParams);
  } catch (error) {
    expect(recorder.take()).toEqual([]);
    return error;
  }
  const [request] = recorder.take();
  const [part] = await parseMultipart(request!);
  return part;
}

interface Source {
  readonly what: string;
  readonly make: () => unknown;
  /** Whether the validator, which fetches nothing, can read it. Default: true. */
  readonly validatorReads?: boolean;
}

const files: readonly Source[] = [
  { what: "bytes", make: () => png },
  { what: "a Buffer", make: () => Buffer.from(png) },
  { what: "an ArrayBuffer", make: () => png.slice().buffer },
  {
    what: "an ArrayBuffer of another realm",
    make: () => runInNewContext("new Uint8Array(bytes).buffer", { bytes: [...png] }),
  },
  { what: "a DataView", make: () => new DataView(png.slice().buffer) },
  { what: "a Blob", make: () => new Blob([png]) },
  { what: "a File", make: () => new File([png], "otter.png") },
  { what: "a Response", make: () => new Response(png) },
  { what: "a Request", make: () => new Request("http://x/", { method: "POST", body: png }) },
  { what: "a web stream", make: () => new Blob([png]).stream() },
  { what: "fs.createReadStream", make: () => createReadStream(path) },
  { what: "a Node stream", make: () => Readable.from([Buffer.from(png)]) },
  { what: "toStreamingFile", make: () => toStreamingFile(Readable.from([Buffer.from(png)]), "otter.png") },
  {
    what: "an async iterable",
    make: () => Readable.from([Buffer.from(png.slice(0, 9)), Buffer.from(png.slice(9))])[Symbol.asyncIterator](),
  },
  { what: "a Blob-like with only arrayBuffer", make: () => ({ arrayBuffer: async () => png.slice().buffer }) },
  { what: "a message of node:http", make: message },
  { what: "a URL of a file", make: () => pathToFileURL(path), validatorReads: false },
  {
    what: "a data: URL",
    make: () => new URL(`data:image/png;base64,${Buffer.from(png).toString("base64")}`),
    validatorReads: false,
  },
  {
    what: "{ url, blob() }",
    make: () => ({ url: "http://x/otter.png", blob: async () => new Blob([png]) }),
    validatorReads: false,
  },
];

async function message(): Promise<IncomingMessage> {
  const server = await listen((_, response) => void response.end(png));
  servers.push(server);
  const [response] = (await once(get(server.url), "response")) as [IncomingMessage];
  return response;
}

describe("a file that the client accepts", () => {
  test.for(files)("$what: is sent the same with `validate` and without", async ({ make }) => {
    const without = await sent(await make());
    expect(without).toMatchObject({ name: "image", bytes: Buffer.from(png) });
    expect(await sent(await make(), { validate: imageVariationParams })).toEqual(without);
  });

  test.for(files.filter(({ validatorReads }) => validatorReads !== false))(
    "$what: is read by the validator",
    async ({ make }) => {
      const { valid, issues } = await validateImageVariation({ image: await make() });
      expect([valid, issues]).toEqual([true, []]);
    },
  );
});

const others: readonly { readonly what: string; readonly image: unknown; readonly fix?: string }[] = [
  { what: "a path", image: path, fix: "fs.createReadStream" },
  { what: "an address", image: "https://images.example/otter.png", fix: "await fetch" },
  {
    what: "a data: URL as text",
    image: `data:image/png;base64,${Buffer.from(png).toString("base64")}`,
    fix: "await fetch",
  },
  { what: "base64", image: Buffer.from(png).toString("base64"), fix: "Buffer.from" },
  { what: "a number", image: 3 },
  { what: "an object", image: {} },
  { what: "a list of numbers", image: { 0: 1, 1: 2, length: 2 } },
];

describe("what is not a file is rejected by both, with the same fix:", () => {
  test.for(others)("$what", async ({ image, fix = "" }) => {
    const { issues } = await validateImageVariation({ image });
    expect(issues.map(({ path: place }) => place)).toEqual([["image"]]);
    expect(issues[0]!.fix).toContain(fix);
    const error = await sent(image);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain(fix);
    expect(await sent(image, { validate: imageVariationParams })).toBeInstanceOf(Error);
  });
});
