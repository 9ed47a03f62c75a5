import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import Official from "openai";
import { eventually } from "@image-variations/testing/eventually";
import { describe, expect, it } from "vitest";
import OpenAI, { createClient, streamVariation } from "./index.ts";
import { type Fault, faults } from "./testing/faults.ts";
import { faultTable } from "./testing/fault-table.ts";
import { misbehavingServer } from "./testing/misbehaving-server.ts";
import { pngBytes } from "./testing/png-bytes.ts";

type Call = (options: object, image: File, signal: AbortSignal) => PromiseLike<unknown>;

/** The doors of the package, and the official SDK. */
const clients = {
  official: (options, image, signal) =>
    new Official({ apiKey: "key", ...options }).images.createVariation({ image }, { signal }),
  class: (options, image, signal) =>
    new OpenAI({ apiKey: "key", ...options }).images.createVariation({ image }, { signal }),
  /** The errors of a status are results here, and count as what the class throws. */
  createClient: async (options, image, signal) => {
    const client = createClient({ apiKey: "key", ...options });
    const { data, error, response } = await client.POST("/images/variations", { body: { image }, signal });
    if (!error) return data;
    if (typeof error !== "object") return "an error that is not an object";
    throw OpenAI.APIError.generate(response.status, error, undefined, response.headers);
  },
  stream: (options, image, signal) =>
    streamVariation(new OpenAI({ apiKey: "key", ...options }), { image }, { signal }).finalResponse(),
} satisfies Record<string, Call>;

/** How a call to a server with a fault ends; checks that it leaves nothing open. */
async function outcome(client: keyof typeof clients, fault: Fault): Promise<string> {
  await using server = await misbehavingServer((response, attempt, request) => {
    // So that whatever is still open after the call has been left open.
    response.setHeader("connection", "close");
    fault.behave(response, attempt, request);
  }, fault.early);
  const { signal } = new AbortController();
  const isOurs = client !== "official";
  let attempts = 0;
  const options = {
    baseURL: server.url,
    maxRetries: 1,
    // Time enough for the headers to come, if the body is what never arrives.
    timeout:
      (client === "stream" && fault.stream && 20_000) ||
      ((isOurs ? undefined : fault.officialTimeout) ?? fault.timeout ?? 60_000),
    fetch: (url: unknown, init?: RequestInit) => {
      // The official SDK tries out what `fetch` can do.
      if (url !== "data:,") attempts++;
      return fetch(url as string, init);
    },
    ...(isOurs && { maxResponseBytes: 2_000_000 }),
  };
  const image = new File([pngBytes()], "otter.png", { type: "image/png" });
  const ended = clients[client](options, image, signal).then(
    (value: unknown) => (typeof value === "object" && value ? "resolved" : `resolved to ${JSON.stringify(value)}`),
    (error: unknown) => (error as Error).constructor.name,
  );
  // How long to wait for an end matters only if it never ends.
  const patience = !isOurs && fault.official === "no end" ? 3_000 : 150_000;
  const result = await Promise.race([ended, new Promise<string>((end) => setTimeout(end, patience, "no end").unref())]);
  if (isOurs) {
    await eventually(() => expect(server.sockets.size).toBe(0));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  }
  return attempts === 1 ? result : `${result} after ${attempts} attempts`;
}

describe.concurrent("a server that misbehaves: success, or one typed error, and nothing is left", () => {
  it.for(faults)("$name: $ours (official: $official)", async (fault, { expect: check }) => {
    check(await outcome("class", fault)).toBe(fault.ours);
    check(await outcome("official", fault)).toBe(fault.official);
  });
});

describe.concurrent("the same through createClient:", () => {
  it.for(faults)("$name: $ours", async (fault, { expect: check }) => {
    check(await outcome("createClient", fault)).toBe(fault.ours);
  });
});

describe.concurrent("the same through streamVariation, but that a body that has begun is not asked for again:", () => {
  it.for(faults)("$name", async (fault, { expect: check }) => {
    check(await outcome("stream", fault)).toBe(fault.stream ?? fault.ours);
  });
});

it("ends in our own errors only", () => {
  const ours = new Set(faults.map(({ ours: end }) => end.split(" ")[0]));
  expect([...ours].filter((end) => end !== "resolved" && !Object.hasOwn(OpenAI, end!))).toEqual([]);
});

it("is told in the documentation as it is here", () => {
  expect(readFileSync(new URL("../docs/faults.md", import.meta.url), "utf8")).toContain(faultTable(faults));
});
