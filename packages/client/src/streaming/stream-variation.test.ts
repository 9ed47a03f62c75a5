import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { contract } from "../generated/contract.ts";
import OpenAI, { type StreamedImage, streamVariation, type VariationStream } from "../index.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();

describe("streamVariation", () => {
  it("understands every way to write a response, cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(responses(), cuts(), async (response, lengths) => {
        const stream = streamOf(response.json, lengths);
        const read: Uint8Array[] = [];
        for await (const made of stream) {
          expect(made.index).toBe(read.length);
          read.push(await made.bytes());
          expect(made.revised_prompt).toBe(response.images[made.index]!.revised_prompt);
        }
        expect(read).toEqual(response.images.map(({ bytes }) => bytes));
        const expected = JSON.parse(response.json) as OpenAI.ImagesResponse;
        for (const made of expected.data!) delete made.b64_json;
        expect(await stream.finalResponse()).toEqual(expected);
      }),
    );
  });

  it("gives an image whole, in pieces or as a stream", async () => {
    const png = Uint8Array.from({ length: 200_000 }, (_, index) => index * 7);
    const json = JSON.stringify({ data: [1, 2, 3].map(() => ({ b64_json: toBase64(png) })) });
    const read: Uint8Array[] = [];
    for await (const made of streamOf(json, [50_000])) {
      if (made.index === 0) read.push(await made.bytes());
      if (made.index === 1) read.push(Buffer.concat(await collect(made.chunks())));
      if (made.index === 2) read.push(new Uint8Array(await new Response(made.stream()).arrayBuffer()));
    }
    for (const bytes of read) expect(Buffer.from(png).equals(bytes)).toBe(true);
    expect(read).toHaveLength(3);
  });

  it("hands an image on while the body is still coming, and its bytes piece by piece", async () => {
    const body = new TransformStream<Uint8Array, Uint8Array>();
    const writer = body.writable.getWriter();
    const write = (text: string): Promise<void> => writer.write(new TextEncoder().encode(text));
    const images = streamOfBody(body.readable)[Symbol.asyncIterator]();
    const first = images.next();
    void write('{"data": [{"revised_prompt": "an otter", "b64_json": "AAAABBBBC');
    const made = (await first).value as StreamedImage;
    expect(made.revised_prompt).toBe("an otter");
    const chunks = made.chunks();
    expect([...(await chunks.next()).value!]).toEqual([0, 0, 0, 4, 16, 65]);
    const second = images.next();
    void write('CCC", "url": null}]}');
    void writer.close();
    expect(await second).toEqual({ value: undefined, done: true });
  });

  it("skips an image that is not read, without decoding it", async () => {
    const decode = vi.spyOn(Buffer, "from");
    const json = `{"data": [{"b64_json": "*** not base64 ***"}, {"b64_json": "AAAA"}]}`;
    const read = [];
    for await (const made of streamOf(json)) if (made.index === 1) read.push(await made.bytes());
    expect(read).toEqual([new Uint8Array(3)]);
    expect(decode.mock.calls.filter(([text]) => String(text).includes("no"))).toEqual([]);
    decode.mockRestore();
  });

  it("finishes the image that somebody waits for, even if the next image is asked for at once", async () => {
    const json = JSON.stringify({ data: [{ b64_json: "AAAA" }, { b64_json: "BBBB" }] });
    const whole: Promise<Uint8Array>[] = [];
    for await (const made of streamOf(json, [1])) whole.push(made.bytes());
    expect(await Promise.all(whole)).toEqual([new Uint8Array(3), new Uint8Array([4, 16, 65])]);
  });

  it("says so if an image is read too late, or twice", async () => {
    const json = JSON.stringify({ data: [{ b64_json: "AAAA" }, { b64_json: "BBBB" }] });
    const images = await collect(streamOf(json));
    await expect(images[0]!.bytes()).rejects.toThrow(/Image 0 has already been read or skipped/);
    for await (const made of streamOf(json)) {
      await made.bytes();
      await expect(made.bytes()).rejects.toThrow(OpenAI.OpenAIError);
    }
  });

  it("fetches an image from its URL without the key and the client's headers, wherever that leads", async () => {
    const requests: [string, RequestInit][] = [];
    const client = new OpenAI({
      apiKey: "key",
      defaultHeaders: { "x-secret": "s" },
      fetch: async (url, init) => {
        requests.push([url, init]);
        if (init.method === "POST") return Response.json({ data: [{ url: "https://images.example/1?sig=2" }] });
        return new Response(image);
      },
    });
    for await (const made of streamVariation(client, { image })) {
      expect(made.url).toBe("https://images.example/1?sig=2");
      expect(await made.bytes()).toEqual(image);
    }
    const [url, { headers, redirect, body }] = requests[1]!;
    expect([url, [...new Headers(headers)], redirect, body]).toEqual([
      "https://images.example/1?sig=2",
      [],
      "manual",
      undefined,
    ]);
  });

  it("bounds an image at a URL, and says what is wrong with it", async () => {
    const urls = ["https://images.example/large", "https://images.example/gone", "/home/images/1.png", null];
    const client = new OpenAI({
      apiKey: "key",
      maxRetries: 0,
      maxResponseBytes: 1_000,
      fetch: async (url, { method }) => {
        if (method === "POST") return Response.json({ data: urls.map((place) => ({ url: place })) });
        return url.endsWith("gone") ? new Response("Gone", { status: 404 }) : new Response(new Uint8Array(1_001));
      },
    });
    const outcomes = [];
    for await (const made of streamVariation(client, { image })) outcomes.push(await outcomeOf(made.bytes()));
    expect(outcomes).toEqual([
      expect.stringMatching(/^UnexpectedResponseError: .*exceeds maxResponseBytes \(1000 bytes\)/),
      "NotFoundError: 404 Gone",
      expect.stringMatching(/^UnexpectedResponseError: .*'url' of image 2 is \/home\/images/),
      expect.stringMatching(/^UnexpectedResponseError: .*'url' of image 3 is null/),
    ]);
  });

  it.each([
    ["an empty body", "", /nothing/],
    ["a body that breaks off", '{"data": [{"b64_json": "AAAA', /Expected a JSON object/],
    ["one that breaks off after the images", '{"data": [{"b64_json": "AAAA"}]', /Expected a JSON object/],
    ["trailing garbage", '{"data": [{"b64_json": "AAAA"}]}}', /Expected a JSON object/],
    ["a missing comma", '{"data": [{"b64_json": "AAAA" "url": ""}]}', /Expected a JSON object/],
    ["a name without quotes", '{data: [{"b64_json": "AAAA"}]}', /Expected a JSON object/],
    ["an array", '[{"b64_json": "AAAA"}]', /Expected a JSON object/],
    ["a bad escape in an image", String.raw`{"data": [{"b64_json": "AA\xAA"}]}`, /Expected a JSON object/],
    ["a second b64_json", '{"data": [{"b64_json": "AAAA", "b64_json": "BBBB"}]}', /Duplicate key 'b64_json'/],
    ["a second list of images", '{"data": [{"b64_json": "AAAA"}], "data": []}', /Duplicate key 'data'/],
  ])("rejects %s, however it is cut", async (_, json, message) => {
    for (const length of [1, 2, 1_000]) {
      const outcome = await outcomeOf(readAll(streamOf(json, [length])));
      expect(outcome).toMatch(/^UnexpectedResponseError/);
      expect(outcome).toMatch(message);
    }
  });

  it.each([
    ["AA AAAAA", 2],
    ["AAAAAA-A", 6],
    ["AA==AAAA", 2],
    ["AAAA=", 4],
    ["AAA==", 3],
    ["AAAAA", 5],
    ["====", 0],
    ["AAAAA\u00fc==", 5],
  ])("rejects %o as base64, and says where", async (b64_json, position) => {
    for (const runtime of runtimes) {
      for (const length of [1, 3, 1_000]) {
        const outcome = await runtime(() =>
          outcomeOf(readAll(streamOf(JSON.stringify({ data: [{ b64_json }] }), [length]))),
        );
        expect(outcome).toBe(
          `UnexpectedResponseError: 200 Invalid base64 in image 0 at position ${position} (POST https://api.openai.com/v1/images/variations)`,
        );
      }
    }
  });

  it("decodes alike with whatever the runtime has, with padding or without", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300, size: "max" }),
        fc.boolean(),
        cuts(),
        async (png, padded, lengths) => {
          const b64_json = padded ? toBase64(png) : toBase64(png).replace(/=+$/, "");
          for (const runtime of runtimes) {
            const read = await runtime(() => readAll(streamOf(JSON.stringify({ data: [{ b64_json }] }), lengths)));
            expect(read).toEqual([png]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("goes on after an image that is not base64", async () => {
    const read = [];
    for await (const made of streamOf('{"data": [{"b64_json": "*"}, {"b64_json": "AAAA"}]}')) {
      read.push(await outcomeOf(made.bytes()));
    }
    expect(read).toEqual([expect.stringContaining("Invalid base64 in image 0 at position 0"), "fulfilled"]);
  });

  it("rejects a response that does not call itself JSON before it hands on an image", async () => {
    const json = '{"data": [{"b64_json": "AAAA"}]}';
    const images: StreamedImage[] = [];
    const read = async (): Promise<void> => {
      for await (const made of streamOf(json, [1_000], { "content-type": "text/html" })) images.push(made);
    };
    expect(await outcomeOf(read())).toMatch(/^UnexpectedResponseError: .*text\/html/);
    expect(images).toEqual([]);
  });

  it("is not overcome by what is deep or large", async () => {
    const deep = `{"deep": ${"[".repeat(200_000)}${"]".repeat(200_000)}, "data": [{"b64_json": "AAAA"}]}`;
    expect(await readAll(streamOf(deep, [10_000]))).toEqual([new Uint8Array(3)]);
    const client = clientOf(() => new Response(endless(), asJson()), { maxResponseBytes: 100_000 });
    expect(await outcomeOf(readAll(streamVariation(client, { image })))).toMatch(
      /exceeds maxResponseBytes \(100000 bytes\)/,
    );
  });

  it("does not try again once a response has begun", async () => {
    const bodies = ['{"data": [{"b64_json": "AAAA"}, {"b64'];
    const client = clientOf(() => new Response(brokenAfter(bodies.shift() ?? ""), asJson()), { maxRetries: 3 });
    vi.spyOn(Math, "random").mockReturnValue(1);
    const read: Uint8Array[] = [];
    const loop = async (stream: VariationStream): Promise<void> => {
      for await (const made of stream) read.push(await made.bytes());
    };
    const stream = streamVariation(client, { image });
    expect(await outcomeOf(loop(stream))).toMatch(/^APIConnectionError/);
    expect(read).toEqual([new Uint8Array(3)]);
    expect(bodies).toEqual([]);
    expect(await outcomeOf(stream.finalResponse())).toMatch(/^APIConnectionError/);
    vi.restoreAllMocks();
  });

  it("closes the connection when the loop is left, and knows no end then", async () => {
    const cancel = vi.fn();
    const body = endless(cancel, '{"data": [{"b64_json": "');
    const stream = streamOfBody(body);
    for await (const made of stream) {
      await made.chunks().next();
      break;
    }
    await setImmediate();
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(await outcomeOf(stream.finalResponse())).toMatch(/^APIUserAbortError/);
  });

  it("hands on the next image while one at a URL is still fetched", async () => {
    const controller = new AbortController();
    const client = new OpenAI({
      apiKey: "key",
      fetch: async (_, { method }) =>
        method === "POST"
          ? Response.json({ data: [{ url: "https://images.example/1" }, { url: "https://images.example/2" }] })
          : new Promise<never>(() => {}),
    });
    const fetching: Promise<string>[] = [];
    for await (const made of streamVariation(client, { image }, { signal: controller.signal })) {
      fetching.push(outcomeOf(made.bytes()));
    }
    expect(fetching).toHaveLength(2);
    controller.abort();
    for (const outcome of await Promise.all(fetching)) expect(outcome).toMatch(/^APIUserAbortError/);
  });

  it("reads nothing ahead of an image's stream, and goes on after one that is cancelled", async () => {
    const json = JSON.stringify({ data: [{ b64_json: "AAAA".repeat(10) }, { b64_json: "BBBB" }] });
    const read: unknown[] = [];
    for await (const made of streamOf(json, [5])) {
      const reader = made.stream().getReader();
      if (made.index === 0) {
        expect((await reader.read()).value).toBeInstanceOf(Uint8Array);
        await reader.cancel();
        await expect(made.bytes()).rejects.toThrow("Image 0 has already been read or skipped");
      } else {
        const parts = [];
        for (let step; !(step = await reader.read()).done;) parts.push(step.value);
        read.push(Buffer.concat(parts));
      }
    }
    expect(read).toEqual([Buffer.from([4, 16, 65])]);
  });

  it("closes the connection to an image's URL if its stream is cancelled", async () => {
    const cancel = vi.fn();
    const pull = vi.fn((controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array(9)));
    const client = new OpenAI({
      apiKey: "key",
      fetch: async (_, { method }) =>
        method === "POST"
          ? Response.json({ data: [{ url: "https://images.example/1" }] })
          : new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 })),
    });
    for await (const made of streamVariation(client, { image })) {
      const reader = made.stream().getReader();
      await setImmediate();
      expect(pull).not.toHaveBeenCalled();
      await reader.read();
      await reader.cancel();
    }
    expect(pull).toHaveBeenCalledOnce();
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("holds a stream that fails before the first image is asked for", async () => {
    const source = new Readable({ read() {} });
    const stream = streamVariation(new OpenAI({ apiKey: "key", fetch: vi.fn() }), { image: source as never });
    source.destroy(new Error("disk full"));
    await setImmediate();
    expect(await outcomeOf(readAll(stream))).toBe("UploadError: 'image' can't be read: disk full");
  });

  it("ends what is being read when the loop is left, whatever the body does", async () => {
    const cancel = vi.fn();
    const stalled = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(new TextEncoder().encode('{"data": [{"b64_json": "AAAA')),
      cancel,
    });
    const reading: Promise<string>[] = [];
    for await (const made of streamOfBody(stalled)) {
      reading.push(outcomeOf(made.bytes()));
      await setImmediate();
      break;
    }
    expect(await Promise.all(reading)).toEqual([expect.stringMatching(/^APIUserAbortError/)]);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("rejects at once when the caller's signal fires, whatever the body does", async () => {
    const controller = new AbortController();
    const stalled = new ReadableStream<Uint8Array>({
      start: (stream) => stream.enqueue(new TextEncoder().encode('{"data": [{"b64_json": "AAAA')),
    });
    const client = clientOf(() => new Response(stalled, asJson()));
    const stream = streamVariation(client, { image }, { signal: controller.signal });
    const outcomes: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const made of stream) outcomes.push(await outcomeOf(made.bytes()));
    };
    const finished = outcomeOf(loop());
    await setImmediate();
    controller.abort();
    expect(await finished).toMatch(/^APIUserAbortError/);
    expect(outcomes).toEqual([expect.stringMatching(/^APIUserAbortError/)]);
    expect(await outcomeOf(readAll(streamVariation(client, { image }, { signal: AbortSignal.abort() })))).toMatch(
      /^APIUserAbortError/,
    );
  });

  it("rejects both readers if two read an image at once", async () => {
    const json = JSON.stringify({ data: [{ b64_json: "AAAA" }, { b64_json: "BBBB" }] });
    const outcomes: string[] = [];
    for await (const made of streamOf(json, [3])) {
      const both = made.index === 0 ? [made.bytes(), made.bytes()] : [made.bytes()];
      outcomes.push(...(await Promise.all(both.map((read) => outcomeOf(read)))));
    }
    const twice = "OpenAIError: Image 0 has already been read or skipped.";
    expect(outcomes).toEqual([twice, twice, "fulfilled"]);
  });

  it("has the response also if no image is asked for, which is without them", async () => {
    const json = '{"created": 1, "data": [{"b64_json": "AAAA", "revised_prompt": "an otter"}], "usage": {"a": 1}}';
    const response = await streamOf(json).finalResponse();
    expect(response).toEqual({ created: 1, data: [{ revised_prompt: "an otter" }], usage: { a: 1 } });
    expect(response).toHaveProperty("_request_id", null);
  });

  it("keeps a mebibyte of what is not base64, and no more", async () => {
    const json = (length: number): string => {
      const [before, after] = ['{"data":[{"b64_json":"', '"}],"x":"'];
      const rest = length - before.length - after.length - "null".length;
      // What stands for the base64, `null`, takes the place of its quotes.
      return `${before}${"AAAA".repeat(1_000)}${after}${"x".repeat(rest)}"}`;
    };
    expect(await outcomeOf(readAll(streamOf(json(1_048_576))))).toBe("fulfilled");
    expect(await outcomeOf(readAll(streamOf(json(1_048_577))))).toMatch(
      /^UnexpectedResponseError: 200 Response has more than 1048576 bytes besides its images \(POST /,
    );
  });

  it("sends nothing before the first image is asked for", () => {
    const fetch = vi.fn();
    streamVariation(new OpenAI({ apiKey: "key", fetch }), { image });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("a response has no more images than were asked for", () => {
  const images = (count: number): string =>
    JSON.stringify({ data: Array.from({ length: count }, () => ({ b64_json: "AAAA" })) });
  const maximum = contract.operations["POST /images/variations"]?.maxima?.["n"];
  const rows: [n: unknown, count: number][] = [
    [1, 2],
    [1, 30_000],
    [10, 11],
    ["2", 3],
  ];
  // Where a contract sets no maximum, a response may have any number of images.
  if (maximum !== undefined) rows.push([undefined, maximum + 1], [null, 30_000]);
  it.each(rows)("n: %j, and %d images", async (n, count) => {
    const client = clientOf(() => new Response(images(count), asJson()));
    const read: number[] = [];
    const loop = async (): Promise<void> => {
      for await (const made of streamVariation(client, { image, n: n as number })) read.push(made.index);
    };
    const most = Number(n ?? maximum);
    expect(await outcomeOf(loop())).toBe(
      `UnexpectedResponseError: 200 Response has more than ${most} images (POST https://api.openai.com/v1/images/variations)`,
    );
    expect(read).toHaveLength(most);
  });
});

describe("an image that comes as a URL", () => {
  const outcomeFor = async (
    url: unknown,
    options: OpenAI.ClientOptions = {},
    redirects: Record<string, string> = {},
  ): Promise<string> => {
    const asked: string[] = [];
    const client = new OpenAI({
      apiKey: "key",
      maxRetries: 0,
      baseURL: "http://localhost:8000/v1",
      fetch: async (place, { method, credentials }) => {
        if (method === "POST") return Response.json({ created: 1, data: [{ url }] });
        expect(credentials).toBe("omit");
        asked.push(place);
        const location = redirects[place];
        return location ? new Response(null, { status: 302, headers: { location } }) : new Response(image);
      },
      ...options,
    });
    for await (const made of streamVariation(client, { image })) {
      const outcome = await outcomeOf(made.bytes());
      return outcome === "fulfilled" ? asked.at(-1)! : outcome;
    }
    return "no image";
  };

  it.each([
    "https://images.example/1.png",
    "https://oaidalleapiprodscus.blob.core.windows.net/private/1.png?sig=a",
    "http://localhost:8000/images/1.png",
    "http://localhost:8000/other",
  ])("is fetched from a public host and from the API's own: %s", async (url) => {
    expect(await outcomeFor(url)).toBe(url);
  });

  it.each([
    "http://images.example/1.png",
    "http://localhost:9000/1.png",
    "https://localhost/1.png",
    "https://intranet/1.png",
    "https://printer.local/1.png",
    "https://db.internal/1.png",
    "https://10.0.0.1/1.png",
    "https://127.1/1.png",
    "https://2130706433/1.png",
    "https://0x7f.0.0.1/1.png",
    "http://169.254.169.254/latest/meta-data",
    "https://[::1]/1.png",
    "https://[::ffff:127.0.0.1]/1.png",
    "https://localhost./1.png",
  ])("is not fetched from a place that only this machine can reach: %s", async (url) => {
    expect(await outcomeFor(url)).toMatch(
      /^UnexpectedResponseError: 200 The 'url' of image 0 is .*`imageOrigins` does not allow http/,
    );
  });

  it.each([
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "blob:nodedata:1",
    "ftp://h.example/1",
    "javascript:1",
    "/1.png",
    "",
    "http://[",
    7,
    null,
    true,
    { toString: 1 },
    ["https://images.example"],
  ])("is nothing else: %j", async (url) => {
    expect(await outcomeFor(url)).toMatch(
      /^UnexpectedResponseError: 200 The 'url' of image 0 is .*not an http\(s\) URL/,
    );
  });

  it("is fetched from the origins that are named, and then from no others", async () => {
    const options = { imageOrigins: ["http://10.0.0.1:9000"] };
    expect(await outcomeFor("http://10.0.0.1:9000/1.png", options)).toBe("http://10.0.0.1:9000/1.png");
    expect(await outcomeFor("http://localhost:8000/1.png", options)).toBe("http://localhost:8000/1.png");
    expect(await outcomeFor("https://images.example/1.png", options)).toMatch(/does not allow/);
    expect(await outcomeFor("https://images.example/1.png", { imageOrigins: [] })).toMatch(/does not allow/);
  });

  it("is not redirected to an origin that it could not be fetched from", async () => {
    const start = "https://images.example/1.png";
    expect(await outcomeFor(start, {}, { [start]: "https://cdn.example/1.png" })).toBe("https://cdn.example/1.png");
    expect(await outcomeFor(start, {}, { [start]: "/2.png" })).toBe("https://images.example/2.png");
    expect(await outcomeFor(start, {}, { [start]: "http://169.254.169.254/" })).toMatch(/does not allow/);
    expect(await outcomeFor(start, {}, { [start]: "file:///etc/passwd" })).toMatch(/not an http/);
    expect(await outcomeFor(start, {}, { [start]: start })).toMatch(/redirects more than 20 times/);
  });
});

describe("what is odd about a response is a typed error", () => {
  it.each([
    '{"data":{"forEach":1}}',
    '{"data":[{"url":{"toString":1}}]}',
    '{"data":[null]}',
    '{"data":[1,"2",[3]]}',
    '{"data":[[{"b64_json":"AAAA"}]]}',
    '{"data":null}',
    '{"data":"AAAA"}',
    '{"data":true}',
    '{"error":{"message":"quota"}}',
    "{}",
    '{"data":[{"b64_json":null,"url":null}]}',
    '{"data":[{"b64_json":5}]}',
    '{"data":[{"b64_json":{"a":"AAAA"}}]}',
    '{"__proto__":{"data":[]}}',
    '{"data":[{"__proto__":{"b64_json":"AAAA"}}]}',
  ])("%s", async (json) => {
    for (const length of [1, 1_000]) {
      const outcome = await outcomeOf(readAll(streamOf(json, [length])));
      expect(outcome).toMatch(/^(fulfilled|UnexpectedResponseError: )/);
    }
  });
});

/** As this runtime is, without Node's `Buffer`, and with the decoder that newer runtimes have. */
const runtimes = [
  async <Value>(run: () => Promise<Value>): Promise<Value> => run(),
  async <Value>(run: () => Promise<Value>): Promise<Value> => {
    vi.stubGlobal("Buffer", undefined);
    return run().finally(() => vi.unstubAllGlobals());
  },
  async <Value>(run: () => Promise<Value>): Promise<Value> => {
    const fromBase64 = vi.fn((text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
    const own = Object.getOwnPropertyDescriptor(Uint8Array, "fromBase64");
    Object.defineProperty(Uint8Array, "fromBase64", { value: fromBase64, configurable: true });
    const restore = (): void => {
      if (own) Object.defineProperty(Uint8Array, "fromBase64", own);
      else delete (Uint8Array as { fromBase64?: unknown }).fromBase64;
    };
    const value = await run().finally(restore);
    expect(fromBase64).toHaveBeenCalled();
    return value;
  },
];

interface CannedResponse {
  json: string;
  images: { bytes: Uint8Array; revised_prompt: string | undefined }[];
}

/** Responses in every way to write them: order, white space, escapes, unknown names and values, names given twice. */
function responses(): fc.Arbitrary<CannedResponse> {
  const space = fc.constantFrom("", " ", "\n\t", "\r\n");
  const text = fc.string({ unit: "grapheme", maxLength: 20, size: "max" });
  const string = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(value, fc.infiniteStream(fc.nat(9))).map(([plain, dice]) => escapeSome(plain, dice));
  const member = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(space, string(fc.constant(name)), space, space, value, space).map((parts) => {
      const [before, key, afterKey, beforeValue, json, after] = parts;
      return `${before}${key}${afterKey}:${beforeValue}${json}${after}`;
    });
  const unknown = fc
    .tuple(text, fc.json({ depthSize: "medium" }))
    .filter(([name]) => !["data", "b64_json", "revised_prompt", "url"].includes(name))
    .chain(([name, json]) => member(name, fc.constant(json)));
  const madeImage = fc
    .record({
      bytes: fc.uint8Array({ maxLength: 200, size: "max" }),
      revised_prompt: fc.option(text, { nil: undefined }),
    })
    .chain((facts) => {
      const members = [member("b64_json", string(fc.constant(toBase64(facts.bytes))))];
      if (facts.revised_prompt !== undefined) {
        members.push(
          fc
            .tuple(
              member("revised_prompt", string(text)),
              member("revised_prompt", string(fc.constant(facts.revised_prompt))),
            )
            .map((twice) => twice.join(",")),
        );
      }
      return fc
        .tuple(fc.tuple(...members), fc.array(unknown, { maxLength: 2, size: "max" }), fc.nat(5))
        .map(([known, others, turn]) => ({ ...facts, json: `{${rotate([...known, ...others], turn).join(",")}}` }));
    });
  return fc
    .tuple(
      fc.array(madeImage, { maxLength: 4, size: "max" }),
      fc.array(unknown, { maxLength: 3, size: "max" }),
      space,
      fc.nat(5),
    )
    .chain(([images, others, gap, turn]) => {
      const list = `[${gap}${images.map(({ json: made }) => made).join(`${gap},${gap}`)}${gap}]`;
      return member("data", fc.constant(list)).map((data) => ({
        json: `${gap}{${rotate([data, ...others], turn).join(",")}}${gap}`,
        images: images.map(({ bytes, revised_prompt }) => ({ bytes, revised_prompt })),
      }));
    });
}

function rotate<Item>(items: Item[], turn: number): Item[] {
  const at = turn % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function escapeSome(plain: string, dice: IterableIterator<number>): string {
  const characters = Array.from({ length: plain.length }, (_, index) => plain[index]!);
  const escaped = characters.map((character) => {
    const roll = dice.next().value as number;
    if (character === "/" && roll < 5) return "\\/";
    if (roll === 9) return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return JSON.stringify(character).slice(1, -1);
  });
  return `"${escaped.join("")}"`;
}

/** The lengths of the chunks, again and again. */
function cuts(): fc.Arbitrary<number[]> {
  return fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2_000 })), {
    minLength: 1,
    maxLength: 10,
    size: "max",
  });
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function asJson(headers: Record<string, string> = {}): ResponseInit {
  return { headers: { "content-type": "application/json", ...headers } };
}

function clientOf(respond: () => Response, options: OpenAI.ClientOptions = {}): OpenAI {
  return new OpenAI({ apiKey: "key", maxRetries: 0, fetch: async () => respond(), ...options });
}

function streamOfBody(body: ReadableStream<Uint8Array>): VariationStream {
  return streamVariation(
    clientOf(() => new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>, asJson())),
    { image },
  );
}

function streamOf(
  text: string,
  lengths: readonly number[] = [1_000_000],
  headers?: Record<string, string>,
): VariationStream {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  let turn = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const length = lengths[turn++ % lengths.length]!;
      controller.enqueue(bytes.slice(at, at + length));
      at += length;
    },
  });
  return streamVariation(
    clientOf(() => new Response(body, asJson(headers))),
    { image },
  );
}

function brokenAfter(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new Error("reset"));
      else controller.enqueue(new TextEncoder().encode(text));
      sent = true;
    },
  });
}

function endless(cancel?: () => void, start = ""): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next = start;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode(next || "AAAA".repeat(1_000)));
      next = "";
    },
    ...(cancel && { cancel }),
  });
}

async function readAll(stream: VariationStream): Promise<Uint8Array[]> {
  const read = [];
  for await (const made of stream) read.push(await made.bytes());
  return read;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
}

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "fulfilled",
    (error: Error) => `${error.constructor.name}: ${error.message}`,
  );
}
