// What an upload is called, what it is, and how large it may be, by what its source says of itself.
import { EventEmitter } from "node:events";
import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import OpenAI, { toFile, toStreamingFile, type Uploadable, UploadError } from "../index.ts";
import { jsonResponse, observedFetch } from "../testing/observed-fetch.ts";
import { pngBytes } from "../testing/png-bytes.ts";

type Params = OpenAI.ImageCreateVariationParams;

/** The text of the form that a call sends. */
async function textOf(params: object, options: OpenAI.ClientOptions = {}): Promise<string> {
  const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
  await new OpenAI({ apiKey: "key", fetch, ...options }).images.createVariation(params as Params);
  return Buffer.from(requests[0]!.init.body as Uint8Array).toString("latin1");
}

/** The headers of the parts of a form, without what is the same in each. */
async function headsOf(params: object): Promise<string[]> {
  const parts = (await textOf(params)).split(/--image-variations-[\d.e-]*\d\r\n/).slice(1);
  return parts.map((part) => part.slice("Content-Disposition: form-data; ".length, part.indexOf("\r\n\r\n")));
}

const text = (): Readable => Readable.from([Buffer.from("text")]);
const typed = (source: object, more: object): object => Object.assign(source, more);
const unnamed = "application/octet-stream";

describe("the media type of an upload", () => {
  it.each([
    { what: "a Blob's type", source: new Blob(["text"], { type: "text/plain" }), type: "text/plain" },
    {
      what: "a Response's header",
      source: new Response("a", { headers: { "content-type": "text/a" } }),
      type: "text/a",
    },
    {
      what: "a Node message's header",
      source: typed(text(), { headers: { "content-type": "text/b" } }),
      type: "text/b",
    },
    {
      what: "a header before a type",
      source: typed(text(), { headers: new Map([["content-type", "text/c"]]), type: "text/d" }),
      type: "text/c",
    },
    {
      what: "a type, if the header says nothing",
      source: typed(text(), { headers: {}, type: "text/e" }),
      type: "text/e",
    },
    { what: "nothing, if a type is not one", source: typed(text(), { type: "file" }), type: unnamed },
    {
      what: "nothing, if a type is not text",
      source: typed(text(), { headers: { "content-type": ["text/f"] } }),
      type: unnamed,
    },
    { what: "nothing, if the source says nothing", source: text(), type: unnamed },
    {
      what: "what a PNG's first bytes prove",
      source: new Blob([pngBytes()], { type: "text/plain" }),
      type: "image/png",
    },
    { what: "what a JPEG's first bytes prove", source: Uint8Array.of(0xff, 0xd8, 0xff), type: "image/jpeg" },
    { what: "nothing, if a PNG's signature is not whole", source: pngBytes().subarray(0, 7), type: unnamed },
    { what: "nothing, if a JPEG's signature is not whole", source: Uint8Array.of(0xff, 0xd8), type: unnamed },
    { what: "nothing, if one byte of a signature is wrong", source: pngBytes().fill(0, 3, 4), type: unnamed },
  ])("is $what", async ({ source, type }) => {
    const [head] = await headsOf({ image: source });
    expect(head!.split("Content-Type: ")[1]).toBe(type);
  });

  it("keeps no line ends, which would be headers of its own", async () => {
    const [head] = await headsOf({ image: typed(text(), { type: "text/a\r\nx-b: c" }) });
    expect(head).toMatch(/Content-Type: text\/ax-b: c$/);
  });
});

describe("the name of an upload without one", () => {
  it.each([
    { type: "image/png", name: "image.png" },
    { type: "image/svg+xml", name: "image.svg+xml" },
    { type: "text/image/", name: "image" },
    { type: unnamed, name: "image" },
  ])("is the parameter's, with what it is: $type", async ({ type, name }) => {
    expect(await headsOf({ image: typed(text(), { type }) })).toEqual([
      `name="image"; filename="${name}"\r\nContent-Type: ${type}`,
    ]);
  });
});

describe("the parts of a form", () => {
  it("are one for each value, for each item of a list, and for every file among the parameters", async () => {
    const image = new File(["a"], "a.txt", { type: "text/a" });
    const mask = new File(["b"], "b.txt", { type: "text/b" });
    expect(await headsOf({ image: [image, mask], tags: ["x", null, "y", undefined], mask, none: null })).toEqual([
      'name="image"; filename="a.txt"\r\nContent-Type: text/a',
      'name="image"; filename="b.txt"\r\nContent-Type: text/b',
      'name="tags"',
      'name="tags"',
      'name="mask"; filename="b.txt"\r\nContent-Type: text/b',
    ]);
  });

  it("have names without what would end them", async () => {
    const name = 'a"b\\c;d=e\nf\u0001\u007f';
    expect(await headsOf({ image: new Blob(["a"]), [name]: 1 })).toContain('name="a%22b%5Cc%3Bd%3De%0Af%01%7F"');
  });

  it("begin and end with the boundary that the header names, with no parameters and with some", async () => {
    for (const params of [{}, { n: 1 }, { image: new Blob(["a"]) }, { image: new Blob(["a"]), n: 1 }]) {
      const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
      await new OpenAI({ apiKey: "key", fetch }).images.createVariation(params as Params);
      expect([...(await requests[0]!.form()).keys()]).toEqual(Object.keys(params));
      const boundary = requests[0]!.headers.get("content-type")!.split("boundary=")[1]!;
      const sent = Buffer.from(requests[0]!.init.body as Uint8Array).toString("latin1");
      expect(sent.startsWith(`--${boundary}`)).toBe(true);
      expect(sent.endsWith(`--${boundary}--\r\n`)).toBe(true);
    }
  });

  it("are rejected if an object among them is not a file", async () => {
    await expect(textOf({ image: new Blob(["a"]), options: { a: 1 } })).rejects.toThrow(
      /^'options' must be a File, .*, got object\.$/,
    );
  });
});

describe("the size of an upload", () => {
  const stream = (length: number): Readable => Readable.from([Buffer.alloc(length - 1, 1), Buffer.alloc(1, 1)]);
  const options = { maxUploadBytes: 100 };

  it.each([
    { what: "bytes", make: (length: number) => new Uint8Array(length) },
    { what: "a Blob", make: (length: number) => new Blob([new Uint8Array(length)]) },
    { what: "a stream", make: stream },
    {
      what: "what arrayBuffer() has",
      make: (length: number) => ({ arrayBuffer: async () => new ArrayBuffer(length) }),
    },
    { what: "a Response", make: (length: number) => new Response(new Uint8Array(length)) },
  ])("is below the limit, whatever it comes in: $what", async ({ make }) => {
    await expect(textOf({ image: make(99) }, options)).resolves.toContain("filename");
    const tooLarge = textOf({ image: make(100) }, options);
    await expect(tooLarge).rejects.toBeInstanceOf(UploadError);
    await expect(tooLarge).rejects.toThrow("'image' must have fewer than 100 bytes, got 100.");
  });

  it("is what comes, and not what a source that is not a Blob says of it", async () => {
    for (const size of [1_000, "1000"]) {
      await expect(textOf({ image: typed(text(), { size }) }, options)).resolves.toContain("filename");
    }
    const odd = { slice: () => {}, size: "1000", arrayBuffer: async () => new ArrayBuffer(5) };
    await expect(textOf({ image: odd }, options)).resolves.toContain("filename");
  });

  it("has no limit but the client's, if the contract has none for the parameter", async () => {
    const large = new Blob([new Uint8Array(5_000_000)]);
    expect((await textOf({ image: new Blob(["a"]), mask: large })).length).toBeGreaterThan(5_000_000);
    const limited = textOf({ image: new Blob(["a"]), mask: large }, { maxUploadBytes: 5_000_000 });
    await expect(limited).rejects.toThrow("'mask' must have fewer than 5000000 bytes, got 5000000.");
  });
});

describe("a chunk of a stream", () => {
  it.each([
    { what: "a number", chunk: 5, got: "number" },
    { what: "an object", chunk: {}, got: "object" },
    { what: "a list", chunk: [1], got: "object" },
    { what: "true", chunk: true, got: "boolean" },
    { what: "null", chunk: null, got: "object" },
    { what: "undefined", chunk: undefined, got: "undefined" },
  ])("is bytes, text or a Blob, and not $what", async ({ chunk, got }) => {
    const source = { [Symbol.asyncIterator]: () => [chunk].values() };
    await expect(textOf({ image: source })).rejects.toThrow(
      `'image' can't be read: a stream must yield bytes, text or blobs, got ${got}`,
    );
  });

  it("may be a promise of one", async () => {
    const source = {
      [Symbol.asyncIterator]: () => [Promise.resolve("one "), Promise.resolve(new Blob(["two"]))].values(),
    };
    expect(await textOf({ image: source })).toContain("\r\n\r\none two\r\n");
  });
});

describe("an upload that is a URL", () => {
  const url = new URL("https://files.example/a/otter%20one.txt?b");

  it("is fetched by the client's transport, without headers and cookies, in the client's time", async () => {
    const asked: object[] = [];
    const transport = async ({
      method,
      url: place,
      headers,
      credentials,
    }: {
      method: string;
      url: string;
      headers: Iterable<[string, string]>;
      credentials?: string | undefined;
    }) => {
      asked.push({ method, place, headers: [...headers], credentials });
      return {
        status: 200,
        headers: new Map([["content-type", method === "GET" ? "text/plain" : "application/json"]]),
        chunks: async function* () {
          yield new TextEncoder().encode('{"created":1,"data":[]}');
        },
        toResponse: () => new Response(),
        discard() {},
      };
    };
    await new OpenAI({ apiKey: "key", transport }).images.createVariation({ image: url });
    expect(asked[0]).toEqual({ method: "GET", place: url.href, headers: [], credentials: "omit" });
    expect(asked).toHaveLength(2);
  });

  it("has the name and the type that its server says", async () => {
    const fetch = vi.fn(async (_: string, { method }: RequestInit): Promise<Response> =>
      method === "GET"
        ? new Response("text", { headers: { "content-type": "text/plain" } })
        : Response.json({ created: 1, data: [] }),
    );
    await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image: url });
    const body = Buffer.from(fetch.mock.calls[1]![1].body as Uint8Array).toString();
    expect(body).toContain('filename="otter one.txt"\r\nContent-Type: text/plain');
  });

  it("is not waited for longer than the client's timeout", async () => {
    const client = new OpenAI({ apiKey: "key", timeout: 20, fetch: () => new Promise(() => {}) });
    const call = client.images.createVariation({ image: url });
    await expect(call).rejects.toMatchObject({
      constructor: UploadError,
      cause: { constructor: OpenAI.APIConnectionTimeoutError },
    });
  });

  it("is given up if its server has no file", async () => {
    const cancel = vi.fn();
    const fetch = async (): Promise<Response> => new Response(new ReadableStream({ cancel }), { status: 404 });
    const call = new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image: url });
    await expect(call).rejects.toThrow("status 404");
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("is asked of `fetch` also if it is a file, in a runtime that is not Node", async () => {
    const asked: string[] = [];
    const fetch = async (place: string, { method }: RequestInit): Promise<Response> => {
      vi.unstubAllGlobals();
      if (method === "GET") asked.push(place);
      return method === "GET" ? new Response("text") : Response.json({ created: 1, data: [] });
    };
    const client = new OpenAI({ apiKey: "key", fetch });
    for (const none of [undefined, {}]) {
      vi.stubGlobal("process", none);
      await client.images.createVariation({ image: new URL("file:///otter.png") }).finally(() => vi.unstubAllGlobals());
    }
    expect(asked).toEqual(["file:///otter.png", "file:///otter.png"]);
  });
});

describe("toFile", () => {
  it("makes another File if something new is said of it, and none if nothing is", async () => {
    const file = new File(["text"], "a.txt", { type: "text/plain" });
    expect(await toFile(file, null)).toBe(file);
    expect(await toFile(file, undefined, undefined)).toBe(file);
    const other = await toFile(file, undefined, { type: "text/a", lastModified: 5 });
    expect([other.name, other.type, other.lastModified, await other.text()]).toEqual(["a.txt", "text/a", 5, "text"]);
    expect((await toFile(new Blob(["text"]), null)).name).toBe("unknown_file");
    expect((await toFile(new Blob([pngBytes()]))).name).toBe("unknown_file.png");
    expect((await toFile(file, "b.txt")).type).toBe("text/plain");
    expect((await toFile(new Blob(["text"]), "")).name).toBe("");
  });

  it("holds a stream that fails before it is read", async () => {
    const stream = new Readable({ read() {} });
    const made = toFile(Promise.resolve(stream));
    await Promise.resolve();
    stream.destroy(new Error("disk full"));
    await expect(made).rejects.toThrow("'unknown_file' can't be read: disk full");
  });
});

describe("toStreamingFile", () => {
  it("needs a stream and a name", () => {
    const stream = text() as unknown as AsyncIterable<Uint8Array>;
    for (const [data, got] of [
      ["text", "string"],
      [undefined, "undefined"],
      [{}, "object"],
    ] as const) {
      expect(() => toStreamingFile(data as never, "a.png")).toThrow(
        new TypeError(`\`data\` must be a stream, got ${got}.`),
      );
    }
    for (const [name, got] of [
      ["", "string"],
      [5, "number"],
      [undefined, "undefined"],
      [["a"], "object"],
    ] as const) {
      expect(() => toStreamingFile(stream, name as never)).toThrow(
        new TypeError(`\`name\` must be a non-empty string, got ${got}.`),
      );
    }
  });

  it("has the type that it is given, or none", async () => {
    const streamed = (options?: { type?: string }): Uploadable =>
      toStreamingFile(text() as unknown as AsyncIterable<Uint8Array>, "a.txt", options);
    expect(await headsOf({ image: streamed({ type: "text/a" }) })).toEqual([
      'name="image"; filename="a.txt"\r\nContent-Type: text/a',
    ]);
    expect(await headsOf({ image: streamed() })).toEqual([
      `name="image"; filename="a.txt"\r\nContent-Type: ${unnamed}`,
    ]);
  });

  it("holds the stream from then on, which may fail before it is sent", async () => {
    const stream = new Readable({ read() {} });
    const file = toStreamingFile(stream as unknown as AsyncIterable<Uint8Array>, "a.png");
    stream.destroy(new Error("disk full"));
    await new Promise(setImmediate);
    await expect(textOf({ image: file })).rejects.toThrow("'image' can't be read: disk full");
  });
});

describe("the streams among the parameters", () => {
  it("are listened to, those in lists as well, and nothing else is", async () => {
    const emitter = Object.assign(new EventEmitter(), { arrayBuffer: async () => new Uint8Array(3).buffer });
    const [first, second] = [text(), text()];
    const counts = (): number[] => [first, second, emitter].map((source) => source.listenerCount("error"));
    const call = textOf({ image: first, masks: [second], other: emitter, on: null });
    expect(counts()).toEqual([1, 1, 0]);
    await call;
  });
});
