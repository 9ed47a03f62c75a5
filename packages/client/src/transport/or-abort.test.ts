import { getEventListeners } from "node:events";
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { eventually } from "@image-variations/testing/eventually";
import { describe, expect, it, vi } from "vitest";
import OpenAI, { type Uploadable } from "../index.ts";
import { misbehavingServer } from "../testing/misbehaving-server.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = new File([pngBytes()], "otter.png", { type: "image/png" });
const never = (): Promise<never> => new Promise(() => {});

/** Whether a promise is rejected by our abort error before the next turn of the event loop. */
async function rejectsInThisTurn(promise: Promise<unknown>, abort: () => void): Promise<void> {
  let outcome: unknown = "still waiting";
  promise.then(
    () => (outcome = "resolved"),
    (error: unknown) => (outcome = (error as Error).constructor),
  );
  abort();
  await new Promise((done) => process.nextTick(done));
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  expect(outcome).toBe(OpenAI.APIUserAbortError);
}

describe("an abort", () => {
  it("before the call sends nothing", async () => {
    const fetch = vi.fn(never);
    const signal = AbortSignal.abort();
    const promise = new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image }, { signal });
    await expect(promise).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each<[string, Uploadable]>([
    ["a stream", new ReadableStream({ pull: never })],
    ["an iterable", { [Symbol.asyncIterator]: () => ({ next: never }) }],
  ])("while %s that does not go on is read rejects at once", async (_, source) => {
    const controller = new AbortController();
    const client = new OpenAI({ apiKey: "key", fetch: never });
    const promise = client.images.createVariation({ image: source }, { signal: controller.signal });
    await new Promise(setImmediate);
    await rejectsInThisTurn(promise, () => controller.abort());
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("closes the file that was being read", async () => {
    const controller = new AbortController();
    const file = createReadStream(fileURLToPath(new URL("../../../../assets/otter.png", import.meta.url)), {
      highWaterMark: 1,
    });
    const promise = new OpenAI({ apiKey: "key", fetch: never }).images.createVariation(
      { image: file },
      { signal: controller.signal },
    );
    await new Promise((opened) => file.once("open", opened));
    controller.abort();
    await expect(promise).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    await eventually(() => expect(file.closed).toBe(true));
  });

  it("while a key is waited for rejects at once", async () => {
    const controller = new AbortController();
    const client = new OpenAI({ apiKey: never, fetch: never });
    const promise = client.images.createVariation({ image }, { signal: controller.signal });
    await new Promise(setImmediate);
    await rejectsInThisTurn(promise, () => controller.abort());
  });

  it("while the response is waited for rejects at once, even if fetch does not listen", async () => {
    const controller = new AbortController();
    const client = new OpenAI({ apiKey: "key", fetch: never });
    const promise = client.images.createVariation({ image }, { signal: controller.signal });
    await new Promise(setImmediate);
    await rejectsInThisTurn(promise, () => controller.abort());
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("between attempts rejects at once, and leaves no timer", async () => {
    const controller = new AbortController();
    const client = new OpenAI({ apiKey: "key", fetch: async () => new Response("{}", { status: 500 }) });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const promise = client.images.createVariation({ image }, { signal: controller.signal });
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      expect(vi.getTimerCount()).toBe(1);
      await rejectsInThisTurn(promise, () => controller.abort());
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("while the body is read rejects at once, even if it does not listen", async () => {
    const controller = new AbortController();
    const body = new ReadableStream({ pull: never });
    const client = new OpenAI({ apiKey: "key", fetch: async () => new Response(body) });
    const promise = client.images.createVariation({ image }, { signal: controller.signal });
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    await rejectsInThisTurn(promise, () => controller.abort());
  });

  it.each([
    ["before its response", () => {}],
    [
      "in the middle of its response",
      (response: { write(text: string): unknown }) => void response.write('{"created":'),
    ],
  ])("is seen by a real server, %s, as the end of the connection", async (_, behave) => {
    let asked!: () => void;
    const request = new Promise<void>((done) => (asked = done));
    await using server = await misbehavingServer((response) => {
      behave(response);
      asked();
    });
    const controller = new AbortController();
    const client = new OpenAI({ apiKey: "key", baseURL: server.url });
    const promise = client.images.createVariation({ image }, { signal: controller.signal });
    const ended = promise.catch((error: unknown) => error);
    await request;
    await new Promise(setImmediate);
    controller.abort();
    expect(await ended).toBeInstanceOf(OpenAI.APIUserAbortError);
    await eventually(() => expect(server.sockets.size).toBe(0));
    expect(server.requests).toHaveLength(1);
  });

  it("after the end changes nothing", async () => {
    const controller = new AbortController();
    const client = new OpenAI({ apiKey: "key", fetch: async () => Response.json({ created: 1, data: [] }) });
    const result = await client.images.createVariation({ image }, { signal: controller.signal });
    controller.abort();
    expect(result.created).toBe(1);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });
});
