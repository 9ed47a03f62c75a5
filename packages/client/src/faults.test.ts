import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import Official from "openai";
import { describe, expect, it, vi } from "vitest";
import OpenAI from "./index.ts";
import { type Fault, faults } from "./testing/faults.ts";
import { faultTable } from "./testing/fault-table.ts";
import { misbehavingServer } from "./testing/misbehaving-server.ts";
import { pngBytes } from "./testing/png-bytes.ts";

/** What a client's call to a server with a fault comes to, and that nothing of it is left when it has ended. */
async function outcome(Client: typeof OpenAI | typeof Official, fault: Fault): Promise<string> {
  await using server = await misbehavingServer((response, attempt, request) => {
    // So that whatever is still open after the call has been left open.
    response.setHeader("connection", "close");
    fault.behave(response, attempt, request);
  }, fault.early);
  const { signal } = new AbortController();
  let attempts = 0;
  const client = new Client({
    apiKey: "key",
    baseURL: server.url,
    maxRetries: 1,
    timeout: (Client === Official ? fault.officialTimeout : undefined) ?? fault.timeout ?? 20_000,
    fetch: (url: unknown, init?: RequestInit) => {
      // The official SDK tries out what `fetch` can do.
      if (url !== "data:,") attempts++;
      return fetch(url as string, init);
    },
    ...(Client === OpenAI && { maxResponseBytes: 2_000_000 }),
  });
  const image = new File([pngBytes()], "otter.png", { type: "image/png" });
  const ended = client.images.createVariation({ image }, { signal }).then(
    (value: unknown) => (typeof value === "object" && value ? "resolved" : `resolved to ${JSON.stringify(value)}`),
    (error: unknown) => (error as Error).constructor.name,
  );
  // How long to wait for an end matters only where there is none.
  const patience = Client === Official && fault.official === "no end" ? 3_000 : 60_000;
  const result = await Promise.race([ended, new Promise<string>((end) => setTimeout(end, patience, "no end").unref())]);
  if (Client === OpenAI) {
    await vi.waitFor(() => expect(server.sockets.size).toBe(0), { timeout: 30_000 });
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  }
  return attempts === 1 ? result : `${result} after ${attempts} attempts`;
}

describe.concurrent("a server that misbehaves: success, or one typed error, and nothing is left", () => {
  it.for(faults)("$name: $ours (official: $official)", async (fault, { expect: check }) => {
    check(await outcome(OpenAI, fault)).toBe(fault.ours);
    check(await outcome(Official, fault)).toBe(fault.official);
  });
});

it("ends in our own errors only", () => {
  const ours = new Set(faults.map(({ ours: end }) => end.split(" ")[0]));
  expect([...ours].filter((end) => end !== "resolved" && !Object.hasOwn(OpenAI, end!))).toEqual([]);
});

it("is told in the documentation as it is here", () => {
  expect(readFileSync(new URL("../docs/faults.md", import.meta.url), "utf8")).toContain(faultTable(faults));
});
