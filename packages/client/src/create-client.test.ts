import type { Middleware } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import { createClient } from "./index.ts";
import { jsonAnswer, observedFetch } from "./testing/observed-fetch.ts";
import { pngBytes } from "./testing/png-bytes.ts";

const answer = { created: 1778544000, data: [] };
const options = { apiKey: "key", baseURL: "https://server.example/v1" };

describe("createClient", () => {
  it("takes uploads in a typed body, and resolves with data", async () => {
    const { fetch, requests } = observedFetch(jsonAnswer(answer));
    const { data, error, response } = await createClient({ ...options, fetch }).POST("/images/variations", {
      body: { image: pngBytes(), n: 2 },
    });
    expect([data, error, response.status]).toEqual([answer, undefined, 200]);
    const form = await requests[0]!.form();
    expect((form.get("image") as File).type).toBe("image/png");
    expect(form.get("n")).toBe("2");
    expect(requests[0]!.url).toBe("https://server.example/v1/images/variations");
    expect(requests[0]!.headers.get("authorization")).toBe("Bearer key");
  });

  it("resolves with the error of a refusal", async () => {
    const refusal = { error: { code: null, message: "no", param: null, type: "invalid_request_error" } };
    const { fetch } = observedFetch(jsonAnswer(refusal, 400));
    const { data, error, response } = await createClient({ ...options, fetch }).POST("/images/variations", {
      body: { image: pngBytes() },
    });
    expect([data, error, response.status]).toEqual([undefined, refusal, 400]);
  });

  it("runs openapi-fetch's middleware, with the path of the contract", async () => {
    const { fetch, requests } = observedFetch(jsonAnswer(answer));
    const client = createClient({ ...options, fetch, defaultQuery: { a: "1" } });
    const middleware: Middleware = {
      onRequest({ request, schemaPath }) {
        request.headers.set("x-path", schemaPath);
      },
    };
    client.use(middleware);
    await client.POST("/images/variations", { body: { image: pngBytes() }, headers: { "x-mine": "yes" } });
    expect(requests[0]!.headers.get("x-path")).toBe("/images/variations");
    expect(requests[0]!.headers.get("x-mine")).toBe("yes");
    expect(requests[0]!.url).toBe("https://server.example/v1/images/variations?a=1");
    client.eject(middleware);
    await client.POST("/images/variations", { body: { image: pngBytes() } });
    expect(requests[1]!.headers.get("x-path")).toBe(null);
  });

  it("throws where there is no answer", async () => {
    const { fetch } = observedFetch(() => Promise.reject(new TypeError("fetch failed")));
    const call = createClient({ ...options, fetch }).POST("/images/variations", { body: { image: pngBytes() } });
    await expect(call).rejects.toThrow("Connection error.");
  });
});
