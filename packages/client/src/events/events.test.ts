import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { eventually } from "@image-variations/testing/eventually";
import { describe, expect, it } from "vitest";
import {
  APIConnectionError,
  type Contract,
  createEvents,
  encodeJson,
  encodeMultipart,
  RateLimitError,
  type RuntimeOptions,
  type ServerSentEvent,
  UnexpectedResponseError,
} from "../runtime.ts";

const contract: Contract = {
  baseURL: "https://chat.example.com/v1",
  operations: {
    "POST /chat": {
      security: ["bearer"],
      requestMediaType: "application/json",
      bodyAlone: true,
      response: { kind: "object" },
      events: true,
    },
    "GET /models": { security: [] },
  },
  methods: { "chat.create": "POST /chat", "models.list": "GET /models" },
  encoders: { "application/json": encodeJson },
};

interface Events {
  readonly chat: { readonly create: (body: object, options?: object) => AsyncIterable<ServerSentEvent> };
}

const encoder = new TextEncoder();

/** A response of `text/event-stream` whose body comes in these pieces. */
function eventStream(pieces: readonly (string | Uint8Array)[], init: ResponseInit = {}): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" }, ...init });
}

interface Told {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

async function eventsOf(response: () => Response | Promise<Response>, options: RuntimeOptions = {}): Promise<Told[]> {
  const events = createEvents<Events>(contract, {
    fetch: () => Promise.resolve(response()),
    maxRetries: 0,
    ...options,
  });
  const told: Told[] = [];
  for await (const { type, data, lastEventId } of events.chat.create({ stream: true })) {
    told.push({ type, data, lastEventId });
  }
  return told;
}

const event = (data: string, type = "message", lastEventId = ""): Told => ({ type, data, lastEventId });

/** The examples of the HTML standard, and its rules one by one. */
const streams: readonly { readonly what: string; readonly text: string; readonly events: readonly Told[] }[] = [
  { what: "one line of data", text: "data: one\n\n", events: [event("one")] },
  { what: "several lines of data", text: "data: YHOO\ndata: +2\ndata: 10\n\n", events: [event("YHOO\n+2\n10")] },
  {
    what: "comments, identifiers, and an identifier that is reset",
    text: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
    events: [event("first event", "message", "1"), event("second event"), event(" third event")],
  },
  {
    what: "data that is empty, and the end of no event",
    text: "data\n\ndata\ndata\n\ndata:",
    events: [event(""), event("\n")],
  },
  {
    what: "the same event with a space and without",
    text: "data:test\n\ndata: test\n\n",
    events: [event("test"), event("test")],
  },
  {
    what: "a type for one event",
    text: "event: add\ndata: 1\n\ndata: 2\n\n",
    events: [event("1", "add"), event("2")],
  },
  { what: "a type without data, which says nothing", text: "event: add\n\ndata: 1\n\n", events: [event("1")] },
  {
    what: "an identifier that stays",
    text: "id: a\ndata: 1\n\ndata: 2\n\n",
    events: [event("1", "message", "a"), event("2", "message", "a")],
  },
  { what: "an identifier with a null, which is ignored", text: "id: a\0b\ndata: 1\n\n", events: [event("1")] },
  { what: "fields that don't exist", text: "retry: 10\nfoo: bar\n data: 0\ndata: 1\n\n", events: [event("1")] },
  { what: "colons in a value", text: "data: a: b:c\n\n", events: [event("a: b:c")] },
  { what: "carriage returns", text: "data: 1\rdata: 2\r\rdata: 3\r\r", events: [event("1\n2"), event("3")] },
  {
    what: "carriage returns with line feeds",
    text: "data: 1\r\ndata: 2\r\n\r\ndata: 3\r\n\r\n",
    events: [event("1\n2"), event("3")],
  },
  {
    what: "every kind of line end at once",
    text: "data: 1\ndata: 2\r\ndata: 3\r\n\ndata: 4\r\r\n",
    events: [event("1\n2\n3"), event("4")],
  },
  { what: "a byte order mark", text: "\uFEFFdata: 1\n\n", events: [event("1")] },
  {
    what: "a second byte order mark, which is a part of the field",
    text: "\uFEFF\uFEFFdata: 0\ndata: 1\n\n",
    events: [event("1")],
  },
  { what: "characters of several bytes", text: "data: 🦦 é\n\n", events: [event("🦦 é")] },
  { what: "an event that the response ends in", text: "data: 1\n\ndata: 2\n", events: [event("1")] },
  { what: "[DONE], at which the stream ends", text: "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", events: [event("1")] },
  { what: "nothing", text: "", events: [] },
];

describe("a stream of events", () => {
  it.each(streams)("with $what", async ({ text, events }) => {
    expect(await eventsOf(() => eventStream([text]))).toEqual(events);
  });

  it("is the same wherever its bytes are cut", async () => {
    const cut = fc.constantFrom(...streams).chain((stream) => {
      const bytes = encoder.encode(stream.text);
      return fc.tuple(fc.constant(stream), fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 }));
    });
    await fc.assert(
      fc.asyncProperty(cut, async ([{ text, events }, cuts]) => {
        const bytes = encoder.encode(text);
        const ends = [...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
        expect(await eventsOf(() => eventStream(pieces))).toEqual(events);
      }),
    );
  });

  it("is the same byte by byte, with empty pieces in between and without", async () => {
    for (const { text, events } of streams) {
      const bytes = [...encoder.encode(text)].map((byte) => Uint8Array.of(byte));
      expect(await eventsOf(() => eventStream(bytes))).toEqual(events);
      const withEmpty = bytes.flatMap((byte) => [new Uint8Array(), byte]);
      expect(await eventsOf(() => eventStream(withEmpty))).toEqual(events);
    }
  });
});

describe("a method for events", () => {
  it("sends nothing before the first event is asked for, and then asks for events with the key", async () => {
    const sent: Request[] = [];
    const events = createEvents<Events>(contract, {
      apiKey: "secret",
      fetch: (url, init) => {
        sent.push(new Request(url, init));
        return Promise.resolve(eventStream(["data: 1\n\n"]));
      },
    });
    const stream = events.chat.create({ stream: true });
    expect(sent).toEqual([]);
    for await (const _ of stream);
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual(["POST https://chat.example.com/v1/chat"]);
    expect(sent[0]!.headers.get("accept")).toBe("text/event-stream");
    expect(sent[0]!.headers.get("authorization")).toBe("Bearer secret");
    expect(await sent[0]!.json()).toEqual({ stream: true });
  });

  it("holds a stream that fails before the first event is asked for", async () => {
    const uploading: Contract = {
      baseURL: "https://chat.example.com/v1",
      operations: {
        "POST /chat": { security: [], requestMediaType: "multipart/form-data", bodyAlone: true, events: true },
      },
      methods: { "chat.create": "POST /chat" },
      encoders: { "multipart/form-data": encodeMultipart },
    };
    const source = new Readable({ read() {} });
    const events = createEvents<Events>(uploading, { fetch: () => expect.unreachable() }).chat.create({ file: source });
    source.destroy(new Error("disk full"));
    await setImmediate();
    await expect(events[Symbol.asyncIterator]().next()).rejects.toThrow("'file' can't be read: disk full");
  });

  it("is there for the operations that have events alone", () => {
    expect(createEvents(contract)).toEqual({ chat: { create: expect.any(Function) } });
  });

  it("reads the data of an event as JSON, if it is asked to", async () => {
    const fetch = (): Promise<Response> => Promise.resolve(eventStream(['data: {"a":1}\n\ndata: none\n\n']));
    const stream = createEvents<Events>(contract, { fetch }).chat.create({})[Symbol.asyncIterator]();
    expect(((await stream.next()).value as ServerSentEvent).json()).toEqual({ a: 1 });
    const second = (await stream.next()).value as ServerSentEvent;
    expect(() => second.json()).toThrow(UnexpectedResponseError);
  });

  it.each([
    { length: 100, shown: "x".repeat(100) },
    { length: 101, shown: `${"x".repeat(100)}...` },
  ])("shows the first hundred of $length characters that are not JSON", async ({ length, shown }) => {
    const fetch = async (): Promise<Response> => eventStream([`data: ${"x".repeat(length)}\n\n`]);
    for await (const told of createEvents<Events>(contract, { fetch }).chat.create({})) {
      expect(() => told.json()).toThrow(
        expect.objectContaining({
          message: `200 Expected an event with JSON, got: ${shown} (POST https://chat.example.com/v1/chat)`,
          cause: expect.any(SyntaxError),
        }),
      );
    }
    expect.assertions(1);
  });

  it.each(["text/event-stream", "TEXT/Event-Stream", "text/event-stream;charset=utf-8"])(
    "reads what calls itself %s",
    async (type) => {
      expect(await eventsOf(() => eventStream(["data: 1\n\n"], { headers: { "content-type": type } }))).toEqual([
        event("1"),
      ]);
    },
  );

  it.each(["text/event-streams", "application/text/event-stream", "text/plain"])(
    "does not read what calls itself %s, and gives it up",
    async (type) => {
      let cancelled = 0;
      const body = new ReadableStream(
        { pull: (controller) => controller.close(), cancel: () => void cancelled++ },
        { highWaterMark: 0 },
      );
      const events = eventsOf(() => new Response(body, { headers: { "content-type": type } }));
      await expect(events).rejects.toThrow(`Expected events (text/event-stream), got ${type}`);
      expect(cancelled).toBe(1);
    },
  );

  it("rejects with the error class of the status, and tries again what may pass", async () => {
    const limited = (): Response =>
      Response.json({ error: { message: "Slow down." } }, { status: 429, headers: { "retry-after-ms": "1" } });
    await expect(eventsOf(limited)).rejects.toBeInstanceOf(RateLimitError);
    let attempts = 0;
    const told = await eventsOf(() => (++attempts < 2 ? limited() : eventStream(["data: 1\n\n"])), { maxRetries: 1 });
    expect([told, attempts]).toEqual([[event("1")], 2]);
  });

  it.each([
    { what: "JSON", response: () => Response.json({}), says: "got application/json" },
    { what: "nothing", response: () => new Response(null), says: "got no content type" },
  ])("rejects $what, and says what came", async ({ response, says }) => {
    await expect(eventsOf(response)).rejects.toBeInstanceOf(UnexpectedResponseError);
    await expect(eventsOf(response)).rejects.toThrow(`Expected events (text/event-stream), ${says}`);
  });

  it.each([
    { what: "a line", pieces: ["data: ", ..."x".repeat(20)] },
    { what: "lines", pieces: ["data: xxxxxx\n", "data: xxxxxx\n", "data: \n\n"] },
    { what: "a line in one piece", pieces: [`data: ${"x".repeat(20)}\n\n`] },
  ])("rejects an event that is too long, in $what, and no stream for its length", async ({ pieces }) => {
    const options = { maxResponseBytes: 10 };
    await expect(eventsOf(() => eventStream(pieces), options)).rejects.toMatchObject({
      constructor: UnexpectedResponseError,
      message: "200 An event exceeds maxResponseBytes (10 bytes) (POST https://chat.example.com/v1/chat)",
    });
    const many = Array.from({ length: 50 }, () => "data: 1\n\n");
    expect(await eventsOf(() => eventStream(many), options)).toHaveLength(50);
  });

  it.each([
    { what: "in one piece", cut: (text: string) => [text] },
    { what: "character by character", cut: (text: string) => [...text] },
    { what: "line by line", cut: (text: string) => text.split(/(?<=\n)/) },
  ])("takes as many characters as are allowed, those of the last line included, $what", async ({ cut }) => {
    const read = (text: string): Promise<Told[]> => eventsOf(() => eventStream(cut(text)), { maxResponseBytes: 12 });
    for (const [text, data] of [
      ["data: 123456\n\n", "123456"],
      ["data:123\ndata:45\n:comme\n\n", "123\n45"],
      [":345678901\ndata\n\n", ""],
    ] as const) {
      expect(await read(text)).toEqual([event(data)]);
    }
    for (const text of [
      "data: 1234567\n\n",
      "data:123456\ndata:45\n\n",
      "data:1234\n:comment1\n\n",
      ":234567890123\n\n",
    ]) {
      await expect(read(text)).rejects.toThrow("An event exceeds maxResponseBytes (12 bytes)");
    }
  });

  it("closes the connection when the loop is left, and at [DONE]", async () => {
    for (const last of ["data: 2\n\n", "data: [DONE]\n\n"]) {
      let cancelled = false;
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(encoder.encode(`data: 1\n\n${last}`)),
        cancel: () => void (cancelled = true),
      });
      const fetch = (): Promise<Response> =>
        Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
      for await (const { data } of createEvents<Events>(contract, { fetch }).chat.create({})) if (data === "2") break;
      await eventually(() => expect(cancelled).toBe(true));
    }
  });

  it("ends with an error if the connection breaks off, and when the caller's signal fires", async () => {
    const breaking = new ReadableStream({
      start(controller) {
        controller.enqueue(encoder.encode("data: 1\n\n"));
      },
      pull(controller) {
        controller.error(new TypeError("terminated"));
      },
    });
    const headers = { "content-type": "text/event-stream" };
    await expect(eventsOf(() => new Response(breaking, { headers }))).rejects.toBeInstanceOf(APIConnectionError);

    const aborting = new AbortController();
    const endless = new ReadableStream({ start: (controller) => controller.enqueue(encoder.encode("data: 1\n\n")) });
    const events = createEvents<Events>(contract, { fetch: () => Promise.resolve(new Response(endless, { headers })) });
    const told: string[] = [];
    const loop = async (): Promise<void> => {
      for await (const { data } of events.chat.create({}, { signal: aborting.signal })) {
        told.push(data);
        aborting.abort();
      }
    };
    await expect(loop()).rejects.toThrow("Request was aborted.");
    expect(told).toEqual(["1"]);
  });
});
