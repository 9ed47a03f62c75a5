// Every kind of object that popular libraries hand out where a file is meant: sent whole, or rejected with the code that
// gets the file out of it. Nothing is ever sent as another file, or as nothing.
import { once } from "node:events";
import { createReadStream, mkdtempSync, openAsBlob, rmSync, writeFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Stream } from "node:stream";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import axios from "axios";
import busboy from "busboy";
import express from "express";
import { Blob as FetchBlob, File as FetchFile } from "fetch-blob/from.js";
import LegacyFormData from "form-data";
import { formidable } from "formidable";
import multer from "multer";
import multiparty from "multiparty";
import nodeFetch from "node-fetch";
import nodeFetch2 from "node-fetch-2";
import { request as undiciRequest } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import OpenAI, { toStreamingFile, UploadError, type Uploadable } from "../index.ts";
import { observedFetch, jsonResponse } from "../testing/observed-fetch.ts";
import { completePng } from "../testing/png-bytes.ts";

const png = completePng(50_000);
const folder = mkdtempSync(join(tmpdir(), "sources-"));
const path = join(folder, "otter.png");
let origin = "";
const server = createServer((request, response) => {
  request.resume();
  if (request.url === "/missing.png") response.writeHead(404).end("Not Found");
  else response.writeHead(200, { "content-type": "image/png" }).end(png);
});

beforeAll(async () => {
  writeFileSync(path, png);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

/** What a call sends of a source, or the error. */
async function sent(
  image: unknown,
  options: object = {},
): Promise<{ name: string; type: string; bytes: Buffer } | Error> {
  const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
  const client = new OpenAI({
    apiKey: "key",
    fetch: (url, init) => (init.method === "POST" ? fetch(url, init) : globalThis.fetch(url, init)),
    ...options,
  });
  try {
    await client.images.createVariation({ image: image as Uploadable });
  } catch (error) {
    expect(requests).toHaveLength(0);
    return error as Error;
  }
  const file = (await requests[0]!.form()).get("image") as File;
  return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}

const ask = async (url: string): Promise<IncomingMessage> =>
  ((await once(get(url), "response")) as [IncomingMessage])[0];

/** A form with the image, posted to a handler of a Node server; resolves with what the handler makes of it. */
async function inUpload<Value>(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<Value>,
): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const receiver = createServer((request, response) => {
    handle(request, response)
      .then(resolve, reject)
      .finally(() => response.end());
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const form = new FormData();
  form.set("image", new File([png], "otter.png", { type: "image/png" }));
  const { port } = receiver.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: form }).catch(() => {});
  return promise.finally(() => receiver.close());
}

const withMulter = (storage: object): Promise<unknown> =>
  inUpload(async (request, response) => {
    const middleware = multer(storage).single("image");
    await new Promise<void>((resolve, reject) => {
      middleware(request as never, response as never, (error: unknown) => (error ? reject(error as Error) : resolve()));
    });
    return (request as unknown as { file: unknown }).file;
  });

/** The image, by way of a stream of a kind that Node had before its streams were iterable. */
function oldStream(): Stream & { readable: boolean } {
  const stream = Object.assign(new Stream(), { readable: true });
  setImmediate(() => {
    for (let at = 0; at < png.length; at += 9_999) stream.emit("data", png.subarray(at, at + 9_999));
    stream.readable = false;
    stream.emit("end");
  });
  return stream;
}

interface Accepted {
  readonly what: string;
  readonly make: () => unknown;
  /** Default: `image.png`, as there is no other. */
  readonly name?: string;
}

const accepted: readonly Accepted[] = [
  { what: "a Buffer", make: () => png },
  { what: "a Uint8Array", make: () => new Uint8Array(png) },
  { what: "a DataView", make: () => new DataView(new Uint8Array(png).buffer) },
  { what: "an Int16Array", make: () => new Int16Array(new Uint8Array(png.subarray(0, 50_000)).buffer) },
  { what: "an ArrayBuffer", make: () => new Uint8Array(png).buffer },
  { what: "a SharedArrayBuffer", make: () => sharedCopy() },
  { what: "a view on shared memory", make: () => new Uint8Array(sharedCopy()) },
  { what: "an ArrayBuffer of another realm", make: () => foreign("new Uint8Array(bytes).buffer") },
  { what: "a Uint8Array of another realm", make: () => foreign("new Uint8Array(bytes)") },
  { what: "a promise of any of them", make: () => [Promise.resolve(png)] },
  { what: "a Blob", make: () => new Blob([png]) },
  { what: "a File", make: () => new File([png], "otter.png"), name: "otter.png" },
  { what: "fs.openAsBlob", make: () => openAsBlob(path) },
  { what: "fetch-blob's Blob", make: () => new FetchBlob([png]) },
  { what: "fetch-blob's File", make: () => new FetchFile([png], "otter.png"), name: "otter.png" },
  { what: "a Blob-like with arrayBuffer alone", make: () => ({ arrayBuffer: async () => new Uint8Array(png).buffer }) },
  { what: "a Blob-like with stream alone", make: () => ({ stream: () => new Blob([png]).stream() }) },
  { what: "a Blob-like with bytes alone", make: () => ({ bytes: async () => png }) },
  {
    what: "{ url, blob() }",
    make: () => ({ url: "http://x/a/otter.png?b", blob: async () => new Blob([png]) }),
    name: "otter.png",
  },
  { what: "fs.createReadStream", make: () => createReadStream(path), name: "otter.png" },
  { what: "fs.createReadStream of a URL", make: () => createReadStream(pathToFileURL(path)), name: "otter.png" },
  { what: "a FileHandle's stream", make: async () => (await open(path)).createReadStream() },
  { what: "a FileHandle's web stream", make: async () => (await open(path)).readableWebStream() },
  { what: "Readable.from", make: () => Readable.from([png.subarray(0, 99), png.subarray(99)]) },
  { what: "a PassThrough", make: () => createReadStream(path).pipe(new PassThrough()) },
  { what: "a stream from before iteration", make: oldStream },
  { what: "a web stream", make: () => new Blob([png]).stream() },
  {
    what: "a web stream that can't be iterated over, as Safari's",
    make: () => {
      const stream = new Blob([png]).stream();
      return { getReader: () => stream.getReader() };
    },
  },
  {
    what: "a web stream of Blobs",
    make: () => streamOf([new Blob([png.subarray(0, 7)]), new Blob([png.subarray(7)])]),
  },
  { what: "a web stream of Blob-likes", make: () => streamOf([new FetchBlob([png])]) },
  { what: "an async generator of every kind of chunk", make: everyChunk },
  {
    what: "a stream with a filename",
    make: () => Object.assign(Readable.from([png]), { filename: "a/otter.png" }),
    name: "otter.png",
  },
  { what: "toStreamingFile", make: () => toStreamingFile(new Blob([png]).stream(), "otter.png"), name: "otter.png" },
  {
    what: "toStreamingFile of a Node stream",
    make: () => toStreamingFile(createReadStream(path), "b.png"),
    name: "b.png",
  },
  { what: "a URL of a file", make: () => pathToFileURL(path), name: "otter.png" },
  { what: "a URL of a server", make: () => new URL("/a/caf%C3%A9.png", origin), name: "café.png" },
  { what: "a data: URL", make: () => new URL(`data:image/png;base64,${png.toString("base64")}`) },
  { what: "a blob: URL", make: () => new URL(URL.createObjectURL(new Blob([png]))) },
  { what: "a URL of another realm", make: () => foreignUrl(pathToFileURL(path)), name: "otter.png" },
  { what: "fetch's Response", make: () => fetch(`${origin}/otter.png`), name: "otter.png" },
  { what: "fetch's Request", make: () => new Request("http://x/", { method: "POST", body: png }) },
  { what: "node-fetch 2's Response", make: () => nodeFetch2(`${origin}/otter.png`), name: "otter.png" },
  { what: "node-fetch 2's body", make: async () => (await nodeFetch2(origin)).body },
  { what: "node-fetch 3's Response", make: () => nodeFetch(`${origin}/otter.png`), name: "otter.png" },
  { what: "node-fetch 3's body", make: async () => (await nodeFetch(origin)).body },
  { what: "http.get's message", make: () => ask(`${origin}/otter.png`) },
  { what: "undici's body", make: async () => (await undiciRequest(origin)).body },
  { what: "axios's stream", make: async () => (await axios.get(origin, { responseType: "stream" })).data },
  { what: "axios's buffer", make: async () => (await axios.get(origin, { responseType: "arraybuffer" })).data },
  { what: "an S3 Body", make: async () => Object.assign(await ask(origin), { transformToByteArray: async () => png }) },
  { what: "a server's own request, whose body is the image", make: () => inUploadOfBytes() },
];

/** A Node server's request whose body is the image itself, as `req` of Express is: it has headers, a `url` and a `path`. */
async function inUploadOfBytes(): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const application = express().post("/upload", (request: IncomingMessage, response: ServerResponse) => {
    request.on("end", () => response.end());
    resolve(request);
  });
  const receiver = application.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  const headers = { "content-type": "image/png" };
  void fetch(`http://127.0.0.1:${port}/upload`, { method: "POST", body: png, headers }).finally(() => receiver.close());
  return promise;
}

function sharedCopy(): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(png.length);
  new Uint8Array(shared).set(png);
  return shared;
}

function foreign(code: string): unknown {
  return runInNewContext(code, { bytes: [...png] });
}

/** What the class `URL` of another realm makes, such as jsdom's. */
function foreignUrl({ href, protocol }: URL): object {
  return Object.defineProperty({ href, protocol, toString: () => href }, Symbol.toStringTag, { value: "URL" });
}

function streamOf(chunks: readonly unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function* everyChunk(): AsyncGenerator<unknown> {
  yield png.subarray(0, 10);
  yield new Uint8Array(png.subarray(10, 20)).buffer;
  yield new DataView(new Uint8Array(png.subarray(20, 30)).buffer);
  yield new Blob([png.subarray(30, 40)]);
  yield new FetchBlob([png.subarray(40, 50)]);
  yield "";
  yield foreign("new Uint8Array(bytes).buffer.slice(50)");
}

describe("a file is sent whole, whatever it comes in:", () => {
  it.each(accepted)("$what", async ({ make, name = "image.png" }) => {
    const file = await sent(await make());
    expect(file).not.toBeInstanceOf(Error);
    const { bytes, ...said } = file as Exclude<typeof file, Error>;
    expect(said).toEqual({ name, type: "image/png" });
    expect(bytes.equals(png.subarray(0, bytes.length))).toBe(true);
    expect(bytes.length).toBeGreaterThanOrEqual(50_000);
  });
});

interface Rejected {
  readonly what: string;
  readonly make: () => unknown;
  /** The code that the error tells to pass. */
  readonly pass?: string;
  readonly says?: RegExp;
}

const base64 = png.toString("base64");

const rejected: readonly Rejected[] = [
  { what: "a path", make: () => path, pass: "fs.createReadStream(image)" },
  { what: "an http address", make: () => "https://example.com/otter.png", pass: "await fetch(image)" },
  { what: "a data: URL as text", make: () => `data:image/png;base64,${base64}`, pass: "await fetch(image)" },
  { what: "a file: URL as text", make: () => "file:///tmp/otter.png", pass: "new URL(image)" },
  { what: "base64", make: () => base64, pass: 'Buffer.from(image, "base64")' },
  {
    what: "axios's whole response, a buffer",
    make: () => axios.get(origin, { responseType: "arraybuffer" }),
    pass: "image.data",
  },
  {
    what: "axios's whole response, a stream",
    make: () => axios.get(origin, { responseType: "stream" }),
    pass: "image.data",
  },
  { what: "undici's whole result", make: () => undiciRequest(origin), pass: "image.body" },
  {
    what: "an S3 GetObject output",
    make: async () => ({ $metadata: {}, ContentType: "image/png", Body: await ask(origin) }),
    pass: "image.Body",
  },
  {
    what: "Azure's download",
    make: () => ({ readableStreamBody: Readable.from([png]) }),
    pass: "image.readableStreamBody",
  },
  {
    what: "multer's file in memory",
    make: () => withMulter({ storage: multer.memoryStorage() }),
    pass: "image.buffer",
  },
  { what: "multer's file on disk", make: () => withMulter({ dest: folder }), pass: "fs.createReadStream(image.path)" },
  {
    what: "formidable's file",
    make: () => inUpload(async (request) => (await formidable({ uploadDir: folder }).parse(request))[1]["image"]![0]),
    pass: "fs.createReadStream(image.filepath)",
  },
  { what: "multiparty's file", make: multipartyFile, pass: "fs.createReadStream(image.path)" },
  {
    what: "express-fileupload's file in memory",
    make: () => ({ name: "otter.png", data: png, tempFilePath: "", mimetype: "image/png", mv() {} }),
    pass: "image.data",
  },
  {
    what: "express-fileupload's file on disk",
    make: () => ({ name: "otter.png", data: Buffer.alloc(0), tempFilePath: path }),
    pass: "fs.createReadStream(image.tempFilePath)",
  },
  {
    what: "@fastify/multipart's part",
    make: () => ({ fieldname: "image", filename: "otter.png", file: Readable.from([png]), toBuffer: async () => png }),
    pass: "image.file",
  },
  {
    what: "a GraphQL upload",
    make: () => ({ filename: "otter.png", createReadStream: () => createReadStream(path) }),
    pass: "await image.createReadStream()",
  },
  { what: "a canvas", make: () => ({ toBuffer: () => png, width: 1 }), pass: "await image.toBuffer()" },
  {
    what: "an OffscreenCanvas",
    make: () => ({ convertToBlob: async () => new Blob([png]) }),
    pass: "await image.convertToBlob()",
  },
  {
    what: "a file input",
    make: () => ({ files: { 0: new File([png], "a.png"), length: 1 }, value: "C:\\fakepath\\a.png" }),
    pass: "image.files[0]",
  },
  { what: "a FileList", make: () => ({ 0: new File([png], "a.png"), length: 1 }), pass: "image[0]" },
  {
    what: "React Native's file",
    make: () => ({ uri: "file:///data/otter.png", name: "otter.png", type: "image/png" }),
    pass: "new URL(image.uri)",
  },
  {
    what: "an image of a response, as base64",
    make: () => ({ b64_json: base64 }),
    pass: 'Buffer.from(image.b64_json, "base64")',
  },
  {
    what: "an image of a response, at a URL",
    make: () => ({ url: "https://example.com/1.png" }),
    pass: "await fetch(image.url)",
  },
  {
    what: "a whole response",
    make: () => ({ created: 1, data: [{ b64_json: base64 }] }),
    pass: 'Buffer.from(image.data[0].b64_json, "base64")',
  },
  { what: "a FileHandle", make: () => open(path), pass: "await image.createReadStream()" },
  { what: "a form", make: () => new FormData(), pass: "image.get(name)" },
  {
    what: "form-data's form",
    make: () => {
      const form = new LegacyFormData();
      form.append("image", png, "a.png");
      return form;
    },
  },
  {
    what: "a request that has a form as its body",
    make: () => new Request("http://x/", { method: "POST", body: new FormData() }),
  },
  { what: "a Node request that has a form as its body", make: () => inUpload(async (request) => request) },
  { what: "a Response that says no", make: () => fetch(`${origin}/missing.png`), says: /got object with status 404/ },
  { what: "an object", make: () => ({}), says: /got object\.$/ },
  { what: "a number", make: () => 3, says: /got number\.$/ },
  { what: "a function", make: () => () => png, says: /got function\.$/ },
  { what: "an old stream that can't be read", make: () => new Stream(), says: /got object\.$/ },
  { what: "a symbol", make: () => Symbol("otter"), says: /got symbol\.$/ },
];

async function multipartyFile(): Promise<unknown> {
  return inUpload(async (request) => {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    new multiparty.Form({ uploadDir: folder }).parse(
      request,
      (error: unknown, _fields: unknown, files: Record<string, unknown[]>) =>
        error ? reject(error as Error) : resolve(files["image"]![0]),
    );
    return promise;
  });
}

describe("what is not a file is rejected, with the code that gets the file out of it:", () => {
  it.each(rejected)("$what", async ({ make, pass, says = /'image' must be a File/ }) => {
    const error = await sent(await make());
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(says);
    expect((error as Error).message.slice(-(pass ?? "").length - 8)).toContain(pass ? `: pass ${pass}.` : "");
    expect((error as Error).message.length).toBeLessThan(300);
  });

  it("busboy's stream is a file, though not the form that it comes in", async () => {
    const file = await inUpload(async (request) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      request.pipe(
        busboy({ headers: request.headers }).on("file", (_name: string, stream: Readable) => resolve(sent(stream))),
      );
      return promise;
    });
    expect((file as { bytes: Buffer }).bytes.equals(png)).toBe(true);
  });
});

const used = async (): Promise<Response> => {
  const response = new Response(png);
  await response.arrayBuffer();
  return response;
};

describe("a file that is empty, or has been read before, is an error before anything is sent:", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["an empty Buffer", () => Buffer.alloc(0), /is empty/],
    ["an empty File", () => new File([], "a.png"), /is empty/],
    ["an empty ArrayBuffer", () => new ArrayBuffer(), /is empty/],
    [
      "a detached ArrayBuffer",
      () => {
        const { buffer } = new Uint8Array(9);
        buffer.transfer();
        return buffer;
      },
      /is empty|detached/,
    ],
    ["an empty stream", () => Readable.from([]), /is empty/],
    ["an empty web stream", () => streamOf([]), /is empty/],
    ["a Response without a body", () => new Response(null), /is empty/],
    ["a Response that has been read", used, /has already been read/],
    [
      "node-fetch's Response that has been read",
      async () => {
        const response = await nodeFetch(origin);
        await response.arrayBuffer();
        return response;
      },
      /has already been read/,
    ],
    [
      "a Node stream that has been read",
      async () => {
        const stream = createReadStream(path);
        await stream.toArray();
        return stream;
      },
      /has already been read/,
    ],
    [
      "a Node stream that was destroyed",
      async () => {
        const stream = createReadStream(path);
        stream.destroy();
        await once(stream, "close");
        return stream;
      },
      /has already been read/,
    ],
    [
      "a web stream that has been read",
      async () => {
        const stream = new Blob([png]).stream();
        await new Response(stream).arrayBuffer();
        return stream;
      },
      /already been read/,
    ],
    [
      "a web stream that somebody reads",
      () => {
        const stream = new Blob([png]).stream();
        stream.getReader();
        return stream;
      },
      /has already been read/,
    ],
    [
      "an async generator that has been read",
      async () => {
        const chunks = everyChunk();
        for await (const _ of chunks);
        return chunks;
      },
      /is empty, or has already been read/,
    ],
    ["a Node stream with an encoding", () => createReadStream(path, "utf8"), /encoding utf8, which damages bytes/],
  ])("%s", async (_, make, message) => {
    const error = await sent(await make());
    expect(error).toBeInstanceOf(UploadError);
    expect(error).toBeInstanceOf(OpenAI.OpenAIError);
    expect((error as Error).message).toMatch(message);
  });

  it("a file that is sent twice, and a stream that can't be", async () => {
    const file = new File([png], "otter.png");
    for (const _ of [1, 2]) expect(await sent(file)).toMatchObject({ name: "otter.png" });
    const stream = createReadStream(path);
    expect(await sent(stream)).toMatchObject({ name: "otter.png" });
    expect(await sent(stream)).toBeInstanceOf(UploadError);
  });
});

describe("an error of reading is one typed error with its cause, and never ends the process:", () => {
  const broken = new Error("broken disk");
  it.each<[string, () => unknown, object]>([
    ["a file that is not there", () => createReadStream(join(folder, "none.png")), { code: "ENOENT" }],
    ["a folder", () => createReadStream(folder), { code: "EISDIR" }],
    ["the URL of a file that is not there", () => pathToFileURL(join(folder, "none.png")), { code: "ENOENT" }],
    [
      "a stream that fails",
      () =>
        new Readable({
          read() {
            this.destroy(broken);
          },
        }),
      { message: "broken disk" },
    ],
    [
      "a stream that has failed before",
      () => new PassThrough().on("error", () => {}).destroy(broken),
      { message: "broken disk" },
    ],
    [
      "a web stream that fails",
      () => new ReadableStream({ pull: (controller) => controller.error(broken) }),
      { message: "broken disk" },
    ],
    [
      "an iterable that fails",
      async function* () {
        yield png;
        throw broken;
      },
      { message: "broken disk" },
    ],
    [
      "a stream from before iteration that fails",
      () => {
        const stream = Object.assign(new Stream(), { readable: true });
        setImmediate(() => stream.emit("error", broken));
        return stream;
      },
      { message: "broken disk" },
    ],
    [
      "an iterable that fails, and can't be ended",
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(broken) }) }),
      { message: "broken disk" },
    ],
    ["a Blob that fails", () => ({ arrayBuffer: () => Promise.reject(broken) }), { message: "broken disk" }],
    ["a stream of objects", () => Readable.from([{ a: 1 }]), { message: expect.stringContaining("got object") }],
    [
      "a URL that says no",
      () => new URL("/missing.png", origin),
      { message: expect.stringMatching(/^GET http:.*status 404$/) },
    ],
    [
      "a URL without a server",
      () => new URL("http://127.0.0.1:1/otter.png"),
      { message: expect.stringContaining("(GET http://127.0.0.1:1/otter.png)") },
    ],
  ])("%s", async (_, make, cause) => {
    const source = make();
    const error = await sent(typeof source === "function" ? (source as () => unknown)() : source);
    expect(error).toBeInstanceOf(UploadError);
    expect((error as Error).message).toMatch(/^'image' can't be read: /);
    expect((error as Error).cause).toMatchObject(cause);
  });

  it("also when the checks take longer than the stream takes to fail", async () => {
    const slow = (value: unknown) => new Promise((done) => setTimeout(() => done({ value }), 30));
    const validate = { "~standard": { version: 1, vendor: "test", validate: slow } };
    expect(await sent(createReadStream(join(folder, "none.png")), { validate })).toBeInstanceOf(UploadError);
    const apiKey = () => new Promise<string>((_, reject) => setTimeout(() => reject(new Error("no key")), 30));
    expect(await sent(createReadStream(join(folder, "none.png")), { apiKey })).toBeInstanceOf(UploadError);
  });
});

describe("the name that a source says", () => {
  it.each<[string, unknown, string]>([
    ["a URL that does not decode", responseOf("http://x/caf%E9.png"), "caf%E9.png"],
    ["a URL with a bare percent sign", responseOf("http://x/50%off.png"), "50%off.png"],
    ["a URL with a slash that is encoded", responseOf("http://x/a%2Fb.png"), "b.png"],
    ["a URL without a path", responseOf("http://x"), "image.png"],
    ["a URL of another scheme", responseOf("xhttps://x/otter.png"), "image.png"],
    ["a data: URL", responseOf("data:image/png;base64,iVBORw0KGgo"), "image.png"],
    ["a blob: URL", responseOf("blob:nodedata:1"), "image.png"],
    ["what is not a URL", responseOf("/upload?x=1"), "image.png"],
    ["a name like a scheme", new File([png], "http:"), "http:"],
    ["a name like a URL", new File([png], "http://x/%E9.png"), "%E9.png"],
    ["a name with a percent sign", new File([png], "50%.png"), "50%.png"],
    ["a Windows path", Object.assign(Readable.from([png]), { path: "C:\\images\\otter.png" }), "otter.png"],
    ["a path in bytes", Object.assign(Readable.from([png]), { path: Buffer.from("/a/otter.png") }), "otter.png"],
    ["a name that is not text", Object.assign(Readable.from([png]), { name: 3, path: "a.png" }), "a.png"],
    ["an empty name", new File([png], ""), "image.png"],
    [
      "a field's name beside the file's",
      Object.assign(Readable.from([png]), { name: "image", filename: "o.png" }),
      "o.png",
    ],
  ])("%s", async (_, source, expected) => {
    const file = await sent(source);
    expect(file).toMatchObject({ name: expected });
  });

  it("is kept when `validate` has read the file, or fetched it", async () => {
    const sources = [createReadStream(path), pathToFileURL(path), new URL("/otter.png", origin)];
    for (const source of sources) {
      const file = await sent(source, { validate: reading });
      expect(file).toMatchObject({ name: "otter.png", type: "image/png" });
      expect((file as { bytes: Buffer }).bytes.equals(png)).toBe(true);
    }
  });
});

/** As a validator does: it knows bytes, Blobs and what can be iterated over, reads streams, and hands on bytes. */
const reading = {
  "~standard": {
    version: 1,
    vendor: "test",
    validate: async ({ image }: { image: unknown }) => {
      if (!(Symbol.asyncIterator in Object(image))) {
        const isKnown =
          image instanceof Blob || ArrayBuffer.isView(image) || (Object(image) as Blob).slice !== undefined;
        return isKnown ? { value: { image } } : { issues: [{ message: "unknown" }] };
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of image as AsyncIterable<unknown>) chunks.push(await bytesOfChunk(chunk));
      return { value: { image: Buffer.concat(chunks) } };
    },
  },
};

async function bytesOfChunk(chunk: unknown): Promise<Uint8Array> {
  const blob = chunk as Partial<Blob>;
  return new Uint8Array(await (blob.arrayBuffer ? blob.arrayBuffer() : new Response(chunk as BodyInit).arrayBuffer()));
}

describe("every kind of file passes a validator that reads it, and is sent as it is without one:", () => {
  it.each(accepted)("$what", async ({ make, name = "image.png" }) => {
    const source = await make();
    // An array of files is several parameters' worth, and is not looked into.
    if (Array.isArray(source)) return;
    const file = await sent(source, { validate: reading });
    expect(file).toMatchObject({ name, type: "image/png" });
    expect((file as { bytes: Buffer }).bytes.length).toBeGreaterThanOrEqual(50_000);
  });
});

function responseOf(url: string): Response {
  return Object.defineProperty(new Response(png), "url", { value: url });
}

it("reads a stream of one byte at a time without keeping more than its bytes", async () => {
  const large = new Uint8Array(3_000_000).fill(7);
  async function* bytewise(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < large.length; at++) yield large.subarray(at, at + 1);
  }
  const before = process.memoryUsage().rss;
  const file = await sent(bytewise());
  expect((file as { bytes: Buffer }).bytes.length).toBe(large.length);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576);
  expect((await readFile(path)).equals(png)).toBe(true);
});
