import { describe, expect, it } from "vitest";
import {
  type Contract,
  createStreams,
  encodeJson,
  type FileStream,
  type RuntimeOptions,
  type StreamedFile,
  UnexpectedResponseError,
} from "../runtime.ts";

const contract: Contract = {
  baseURL: "https://speech.example.com/v1",
  operations: {
    "POST /voices/{voice}/takes": {
      security: ["bearer"],
      requestMediaType: "application/json",
      response: {
        kind: "object",
        files: { list: "takes", called: "takes", base64: "audio", url: "link", facts: ["link", "seconds"] },
      },
    },
    "GET /voices": { security: [] },
  },
  methods: { "voices.speak": "POST /voices/{voice}/takes", "voices.list": "GET /voices" },
  encoders: { "application/json": encodeJson },
};

interface Streams {
  readonly voices: {
    readonly speak: (
      input: object,
    ) => FileStream<{ readonly id: string }, StreamedFile & { readonly seconds?: number; readonly link?: string }>;
  };
}

function streamOf(body: unknown, options: RuntimeOptions = {}): ReturnType<Streams["voices"]["speak"]> {
  const fetch = (): Promise<Response> => Promise.resolve(Response.json(body));
  return createStreams<Streams>(contract, { fetch, maxRetries: 0, ...options }).voices.speak({
    body: { text: "Hello" },
  });
}

describe("the stream of a method whose response holds files in base64", () => {
  it("hands on each file with what the response says of it, and at last the response without files", async () => {
    const body = {
      id: "a",
      takes: [
        { seconds: 1, audio: btoa("one") },
        { audio: btoa("two"), seconds: 2, more: 1 },
      ],
    };
    const stream = streamOf(body);
    const files: unknown[] = [];
    for await (const file of stream) {
      const bytes = await file.bytes();
      files.push([file.index, new TextDecoder().decode(bytes), file.seconds]);
    }
    expect(files).toEqual([
      [0, "one", 1],
      [1, "two", 2],
    ]);
    expect(await stream.finalResponse()).toEqual({ id: "a", takes: [{ seconds: 1 }, { seconds: 2, more: 1 }] });
  });

  it("fetches a file that comes as a URL, without the key", async () => {
    const sent: [url: string, key: string | null][] = [];
    const link = "https://files.example.com/1.mp3";
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      sent.push([url, new Headers(init.headers).get("authorization")]);
      return Promise.resolve(url === link ? new Response("sound") : Response.json({ takes: [{ link }] }));
    };
    for await (const file of streamOf(undefined, { fetch, apiKey: "secret" })) {
      expect(file.link).toBe(link);
      expect(new TextDecoder().decode(await file.bytes())).toBe("sound");
    }
    expect(sent).toEqual([
      ["https://speech.example.com/v1/voices/%7Bvoice%7D/takes", "Bearer secret"],
      [link, null],
    ]);
  });

  it.each([
    { what: "a list is missing", body: { id: "a" }, says: "Expected takes, got: a response without `takes`" },
    {
      what: "it is an error with status 200",
      body: { error: { message: "No quota" } },
      says: "Expected takes, got: No quota",
    },
    { what: "a file is not base64", body: { takes: [{ audio: "no!" }] }, says: "Invalid base64 in image 0" },
  ])("rejects if $what", async ({ body, says }) => {
    const read = async (): Promise<void> => {
      for await (const file of streamOf(body)) await file.bytes();
    };
    await expect(read()).rejects.toBeInstanceOf(UnexpectedResponseError);
    await expect(read()).rejects.toThrow(says);
  });

  it("has no property of the response in place of its own", async () => {
    const hostile: Contract = {
      ...contract,
      operations: {
        "POST /voices/{voice}/takes": {
          security: [],
          requestMediaType: "application/json",
          response: { kind: "object", files: { list: "takes", called: "takes", base64: "audio", facts: ["seconds"] } },
        },
      },
      methods: { "voices.speak": "POST /voices/{voice}/takes" },
    };
    const text = `{"takes":[{"audio":"${btoa("one")}","bytes":1,"chunks":2,"index":7,"__proto__":{"stream":3}}]}`;
    const fetch = (): Promise<Response> =>
      Promise.resolve(new Response(text, { headers: { "content-type": "application/json" } }));
    for await (const file of createStreams<Streams>(hostile, { fetch }).voices.speak({ body: {} })) {
      expect([file.index, typeof file.stream]).toEqual([0, "function"]);
      expect(new TextDecoder().decode(await file.bytes())).toBe("one");
    }
  });

  it("has as many files as the response has, and those at URLs by the name `url` unless the contract has another", async () => {
    const files = { list: "takes", called: "takes", base64: "audio", facts: ["url"] };
    const own: Contract = {
      ...contract,
      operations: { "GET /takes": { security: [], response: { kind: "object", files } } },
      methods: { "voices.speak": "GET /takes" },
    };
    const takes = Array.from({ length: 300 }, (_, index) => ({ url: `https://files.example.com/${index}` }));
    const fetch = async (url: string): Promise<Response> =>
      url.endsWith("/takes") ? Response.json({ takes }) : new Response(url.split("/").at(-1));
    const read: string[] = [];
    for await (const file of createStreams<Streams>(own, { fetch }).voices.speak({})) {
      read.push(new TextDecoder().decode(await file.bytes()));
    }
    expect(read).toEqual(takes.map((_, index) => String(index)));
  });

  it("is there for the operations that have files alone", () => {
    expect(createStreams(contract)).toEqual({ voices: { speak: expect.any(Function) } });
  });
});
