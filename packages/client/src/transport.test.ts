import { describe, expect, it } from "vitest";
import { UnexpectedResponseError } from "./index.ts";
import { jsonResponse, observedFetch } from "./testing/observed-fetch.ts";
import { boundedChunks, createSend, createTransport } from "./transport.ts";

const options = { apiKey: "", timeout: 60_000, maxRetries: 1, logLevel: "off" } as const;
const request = { url: "http://server.example/any", method: "GET", headers: new Map<string, string>() };

describe("the transport, by its own door", () => {
  it("sends any request, and tries again what may pass", async () => {
    const busy = jsonResponse({}, 503, { "retry-after-ms": "1" });
    const { fetch, requests } = observedFetch(busy, jsonResponse({ ok: true }));
    const response = await createTransport({ ...options, fetch })(request);
    expect([response.status, requests.map(({ url }) => url)]).toEqual([200, [request.url, request.url]]);
    expect(requests[0]!.headers.get("authorization")).toBe(null);
  });

  it("reads a body up to a limit", async () => {
    const { fetch } = observedFetch(() => new Response(new Uint8Array(100)));
    const read = async (limit: number): Promise<number> => {
      let bytes = 0;
      for await (const chunk of boundedChunks(await createTransport({ ...options, fetch })(request), limit)) {
        bytes += chunk.length;
      }
      return bytes;
    };
    expect(await read(100)).toBe(100);
    await expect(read(99)).rejects.toThrow(UnexpectedResponseError);
  });

  it("sends the request again if the body breaks off while it is read", async () => {
    const broken = (): Response => {
      const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
      return new Response(body);
    };
    const { fetch, requests } = observedFetch(broken, jsonResponse({ ok: true }));
    const exchange = await createSend({ ...options, fetch })(request);
    const bytes = await exchange.read(async (response) => {
      let length = 0;
      for await (const chunk of boundedChunks(response, 100)) length += chunk.length;
      return length;
    });
    expect([bytes, requests.length]).toEqual(['{"ok":true}'.length, 2]);
  });
});
