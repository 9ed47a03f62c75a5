import { readFileSync, rmSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import OpenAI from "../index.ts";
import { nodeTransport, saveVariation, SaveVariationError, type SaveProgress } from "../node.ts";
import { listen } from "../testing/listen.ts";
import { completePng, pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();
const png = completePng(700_000);
const webp = Buffer.from("RIFF\x0c\0\0\0WEBPVP8 ....", "latin1");
const jpeg = Buffer.from("\xff\xd8\xff\xe0\0\x04..\xff\xda\0\x02.....\xff\xd9", "latin1");

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "image-variations-"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("saveVariation", () => {
  it("saves every image under the name of what it is, from the response and from URLs, over both transports", async () => {
    const files = { "/1": webp, "/2": jpeg };
    await listen(
      (request, response) => {
        request.resume();
        if (request.url === "/moved") return response.writeHead(302, { location: "/2" }).end();
        if (request.method === "GET") return response.end(files[request.url as keyof typeof files]);
        const origin = `http://${request.headers.host}`;
        const data = [
          { b64_json: png.toString("base64") },
          { url: `${origin}/1` },
          { url: `${origin}/moved` },
          { b64_json: webp.toString("base64") },
        ];
        return response.setHeader("content-type", "application/json").end(JSON.stringify({ created: 7, data }));
      },
      async (baseURL) => {
        using transport = nodeTransport();
        for (const options of [{}, { transport }]) {
          const client = new OpenAI({ apiKey: "key", baseURL, ...options });
          const target = join(directory, "new", "deep");
          const { saved, response } = await saveVariation(client, { image }, { directory: target, name: "otter" });
          expect(saved.map((path) => basename(path))).toEqual([
            "otter-1.png",
            "otter-2.webp",
            "otter-3.jpeg",
            "otter-4.webp",
          ]);
          expect(await Promise.all(saved.map((path) => readFile(path)))).toEqual([png, webp, jpeg, webp]);
          expect((await readdir(target)).toSorted()).toEqual(saved.map((path) => basename(path)));
          expect(response.created).toBe(7);
        }
      },
    );
  });

  it.each(["bytes", undefined] as const)("saves the same from a stream of type %s, however it is cut", async (type) => {
    const text = JSON.stringify({ data: [png, webp, png].map((made) => ({ b64_json: made.toString("base64") })) });
    // Escaped solidi are JSON too, and some servers write them.
    for (const [response, length] of [1_021, 32_771, 65_536, 70_001]
      .map((size) => [text, size] as const)
      .concat([[text.replaceAll("/", String.raw`\/`), 40_003]])) {
      const bytes = Buffer.from(response);
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for (let at = 0; at < bytes.length; at += length) pieces.push(new Uint8Array(bytes.subarray(at, at + length)));
      const left = pieces[Symbol.iterator]();
      const body = new ReadableStream({
        type: type as undefined,
        pull: (controller) => {
          const { done, value } = left.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      const fetch = async (): Promise<Response> =>
        new Response(body, { headers: { "content-type": "application/json" } });
      const client = new OpenAI({ apiKey: "key", fetch });
      const { saved } = await saveVariation(client, { image }, { directory });
      const files = await Promise.all(saved.map((path) => readFile(path)));
      expect(files.map((file, index) => file.equals([png, webp, png][index]!))).toEqual([true, true, true]);
      // What a stream of bytes was given is its own, and is freed; what another one was given may be needed elsewhere.
      if (!type) expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    }
  });

  it.each([1, 2, 3, 5])("saves the same from a response that comes in pieces of %i bytes", async (length) => {
    const images = [webp, jpeg, completePng(100)];
    const body = Buffer.from(JSON.stringify({ data: images.map((made) => ({ b64_json: made.toString("base64") })) }));
    const pieces = Array.from({ length: Math.ceil(body.length / length) }, (_, index) =>
      Uint8Array.from(body.subarray(index * length, (index + 1) * length)),
    );
    const stream = new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    const fetch = async (): Promise<Response> =>
      new Response(stream, { headers: { "content-type": "application/json" } });
    const { saved } = await saveVariation(new OpenAI({ apiKey: "key", fetch }), { image }, { directory });
    expect(await Promise.all(saved.map((path) => readFile(path)))).toEqual(images);
  });

  it.each(["identity", "gzip"])("saves what comes in HTTP chunks, in the encoding %s", async (encoding) => {
    const bytes = Buffer.from(
      JSON.stringify({ data: [png, webp, png].map((b) => ({ b64_json: b.toString("base64") })) }),
    );
    const body = encoding === "gzip" ? gzipSync(bytes, { level: 0 }) : bytes;
    await listen(
      (request, response) => {
        request.resume();
        response.writeHead(200, { "content-type": "application/json", "content-encoding": encoding });
        // Many of these arrive in one piece of memory.
        for (let at = 0; at < body.length; at += 10_007) response.write(body.subarray(at, at + 10_007));
        response.end();
      },
      async (baseURL) => {
        using transport = nodeTransport();
        const client = new OpenAI({ apiKey: "key", baseURL, transport });
        const { saved } = await saveVariation(client, { image }, { directory });
        const files = await Promise.all(saved.map((path) => readFile(path)));
        expect(files.map((file, index) => file.equals([png, webp, png][index]!))).toEqual([true, true, true]);
      },
    );
  });

  it("tells what happens, while it happens", async () => {
    const events: SaveProgress[] = [];
    const onProgress = (progress: SaveProgress): void => void events.push(progress);
    await saveVariation(clientOf([png, webp]), { image }, { directory, onProgress });
    expect(
      events.map(({ type, index }) => `${type} ${index}`).filter((event, at, all) => event !== all[at - 1]),
    ).toEqual(["started 0", "bytes 0", "saved 0", "started 1", "bytes 1", "saved 1"]);
    expect(events.at(-1)).toEqual({
      type: "saved",
      index: 1,
      bytes: webp.length,
      totalBytes: png.length + webp.length,
      path: join(directory, "variation-2.webp"),
    });
    const totals = events.map(({ totalBytes }) => totalBytes);
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
  });

  it("replaces a file of the same name, once the new one is complete", async () => {
    const path = join(directory, "variation-1.png");
    await writeFile(path, "old");
    let during = "";
    const onProgress = ({ type }: SaveProgress): void => {
      if (type === "bytes") during = readFileSync(path, "utf8");
    };
    await saveVariation(clientOf([png]), { image }, { directory, onProgress });
    expect(during).toBe("old");
    expect(await readFile(path)).toEqual(png);
  });

  it.each([
    ["breaks off", [png], `, {"b64_json": "${png.toString("base64").slice(0, 500_000)}`, /Expected a JSON object/],
    ["is not base64", [png, png], `, {"b64_json": "${png.toString("base64")}*"}]}`, /Invalid base64/],
    ["is not an image", [png], `, {"b64_json": "PGh0bWw+PC9odG1sPg=="}]}`, /begins with "<html>/],
    ["is nowhere", [], `{"url": null}]}`, /'url' of image . is null/],
  ])("leaves no half file if an image %s, and says what was saved", async (_, good, rest, message) => {
    const start = JSON.stringify({ data: good.map((bytes) => ({ b64_json: bytes.toString("base64") })) }).slice(0, -2);
    const client = new OpenAI({ apiKey: "key", maxRetries: 0, fetch: async () => jsonResponse(start + rest) });
    const error: unknown = await saveVariation(client, { image }, { directory }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SaveVariationError);
    const expected = good.map((_bytes, index) => join(directory, `variation-${index + 1}.png`));
    expect((error as SaveVariationError).saved).toEqual(expected);
    expect((error as SaveVariationError).cause).toBeInstanceOf(OpenAI.OpenAIError);
    expect((error as SaveVariationError).message).toMatch(message);
    expect((await readdir(directory)).toSorted()).toEqual(expected.map((path) => basename(path)));
  });

  it("does not write on with what is not an image, once its first bytes have come", async () => {
    const progress: SaveProgress[] = [];
    const onProgress = (one: SaveProgress): void => void progress.push(one);
    const page = Buffer.from("<html><body>Sign in to see this image.</body></html>");
    const error: unknown = await saveVariation(clientOfUrl(page, 5), { image }, { directory, onProgress }).catch(
      (reason: unknown) => reason,
    );
    expect((error as Error).message).toContain('neither PNG, WebP nor JPEG: it begins with "<html><body>"');
    expect(progress).toEqual([
      { type: "started", index: 0, bytes: 0, totalBytes: 0 },
      { type: "bytes", index: 0, bytes: 5, totalBytes: 5 },
      { type: "bytes", index: 0, bytes: 10, totalBytes: 10 },
    ]);
  });

  it("says why it ended also if somebody has removed the folder meanwhile", async () => {
    const onProgress = ({ type }: SaveProgress): void => {
      if (type === "bytes") rmSync(target, { recursive: true });
      if (type === "bytes") throw new RangeError("enough");
    };
    const target = join(directory, "gone");
    const error: unknown = await saveVariation(clientOf([png]), { image }, { directory: target, onProgress }).catch(
      (reason: unknown) => reason,
    );
    expect((error as SaveVariationError).cause).toBeInstanceOf(RangeError);
  });

  it("throws what the call throws, if no image has begun", async () => {
    const client = new OpenAI({
      apiKey: "key",
      fetch: async () => Response.json({ error: { message: "no" } }, { status: 400 }),
    });
    await expect(saveVariation(client, { image }, { directory })).rejects.toThrow(OpenAI.BadRequestError);
    await expect(saveVariation(client, { image }, { directory, name: "../otter" })).rejects.toThrow(TypeError);
    await expect(saveVariation(client, { image }, { directory: import.meta.filename })).rejects.toThrow(/EEXIST/);
  });

  it("ends at once when the signal fires, and when onProgress throws", async () => {
    const controller = new AbortController();
    const stop = (progress: SaveProgress): void => {
      if (progress.type === "bytes" && progress.index === 1) controller.abort();
    };
    const aborted: unknown = await saveVariation(
      clientOf([png, png, png]),
      { image },
      { directory, onProgress: stop },
      { signal: controller.signal },
    ).catch((reason: unknown) => reason);
    expect(aborted).toMatchObject({ constructor: SaveVariationError, saved: [join(directory, "variation-1.png")] });
    expect((aborted as Error).cause).toBeInstanceOf(OpenAI.APIUserAbortError);
    const onProgress = (): never => {
      throw new RangeError("enough");
    };
    const thrown: unknown = await saveVariation(clientOf([png]), { image }, { directory, onProgress }).catch(
      (reason: unknown) => reason,
    );
    expect((thrown as Error).cause).toBeInstanceOf(RangeError);
    expect(await readdir(directory)).toEqual(["variation-1.png"]);
  });

  it.runIf(process.platform === "linux")(
    "says before the request, which costs money, that a folder can't be written to",
    async () => {
      let requests = 0;
      const fetch = async (): Promise<Response> => {
        requests++;
        return Response.json({ created: 1, data: [] });
      };
      const client = new OpenAI({ apiKey: "key", fetch });
      await expect(saveVariation(client, { image }, { directory: "/proc" })).rejects.toThrow(/ENOENT|EACCES|EPERM/);
      expect(requests).toBe(0);
      // Nor does the probe stay.
      await saveVariation(client, { image }, { directory });
      expect([requests, await readdir(directory)]).toEqual([1, []]);
    },
  );

  it("keeps the permissions of a file that it replaces", async () => {
    const path = join(directory, "variation-1.png");
    await writeFile(path, "old");
    await chmod(path, 0o600);
    await saveVariation(clientOf([png]), { image }, { directory });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path)).toEqual(png);
  });

  it("counts a file as saved even if `onProgress` throws", async () => {
    const onProgress = ({ type }: SaveProgress): void => {
      if (type === "saved") throw new RangeError("enough");
    };
    const error: unknown = await saveVariation(clientOf([png, png]), { image }, { directory, onProgress }).catch(
      (reason: unknown) => reason,
    );
    expect((error as SaveVariationError).saved).toEqual([join(directory, "variation-1.png")]);
    expect(await readdir(directory)).toEqual(["variation-1.png"]);
  });

  it.each([
    ["png", completePng(300)],
    ["webp", webp],
    ["jpeg", jpeg],
  ])(
    "takes a %s for complete at its own end, and not before, wherever a body without a length breaks off",
    async (extension, whole) => {
      const after = Buffer.concat([whole, Buffer.from("what some servers add")]);
      for (const bytes of [whole, after]) {
        const { saved } = await saveVariation(clientOfUrl(bytes, 7), { image }, { directory });
        expect(basename(saved[0]!)).toBe(`variation-1.${extension}`);
        expect(await readFile(saved[0]!)).toEqual(bytes);
        await rm(saved[0]!);
      }
      for (let length = 12; length < whole.length; length++) {
        const error: unknown = await saveVariation(
          clientOfUrl(whole.subarray(0, length), 5),
          { image },
          { directory },
        ).catch((reason: unknown) => reason);
        expect((error as Error).message).toMatch(`Image 0 is truncated: it ends after ${length} bytes.`);
      }
      expect(await readdir(directory)).toEqual([]);
    },
  );

  it("does not write more files than were asked for", async () => {
    const images = Array.from({ length: 12 }, () => webp);
    const error: unknown = await saveVariation(clientOf(images), { image, n: 2 }, { directory }).catch(
      (reason: unknown) => reason,
    );
    expect((error as SaveVariationError).saved).toHaveLength(2);
    expect(await readdir(directory)).toHaveLength(2);
  });

  it("says nothing was saved by an error that has status 200", async () => {
    const fetch = async (): Promise<Response> => Response.json({ error: { message: "Upstream quota exceeded" } });
    const call = saveVariation(new OpenAI({ apiKey: "key", fetch }), { image }, { directory });
    await expect(call).rejects.toThrow("200 Expected images, got: Upstream quota exceeded");
  });
});

/** A client whose image is at a URL, and comes in pieces up to the end of the connection. */
function clientOfUrl(bytes: Buffer, length: number): OpenAI {
  const fetch = async (_: string, { method }: RequestInit): Promise<Response> => {
    if (method === "POST") return Response.json({ created: 1, data: [{ url: "https://images.example/1" }] });
    const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_piece, index) =>
      Uint8Array.from(bytes.subarray(index * length, (index + 1) * length)),
    );
    const pull = (controller: ReadableStreamDefaultController): void => {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    };
    return new Response(new ReadableStream({ pull }));
  };
  return new OpenAI({ apiKey: "key", fetch });
}

function jsonResponse(text: string): Response {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, (at += 60_000)));
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

function clientOf(images: readonly Buffer[]): OpenAI {
  const data = images.map((bytes) => ({ b64_json: bytes.toString("base64") }));
  return new OpenAI({ apiKey: "key", fetch: async () => jsonResponse(JSON.stringify({ created: 1, data })) });
}
