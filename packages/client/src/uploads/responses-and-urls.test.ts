import { describe, expect, it } from "vitest";
import OpenAI, { UploadError } from "../index.ts";
import { pngBytes } from "../testing/png-bytes.ts";

/** A client whose server responds to what is sent to it, and to what is fetched for an upload with a status. */
function clientWith(status: number, sent: string[]): OpenAI {
  return new OpenAI({
    apiKey: "key",
    maxRetries: 0,
    maxUploadBytes: 1000,
    fetch: async (url, init) => {
      sent.push(`${init.method} ${url}`);
      if (init.method === "POST") return Response.json({ created: 1, data: [] });
      const isBodiless = status === 204 || status === 205 || status === 304;
      return new Response(isBodiless ? null : (pngBytes() as BodyInit), { status });
    },
  });
}

describe("what is at a URL", () => {
  const url = new URL("https://files.example/otter.png");

  it.each([200, 201, 299])("is sent, with the status %i", async (status) => {
    const sent: string[] = [];
    await clientWith(status, sent).images.createVariation({ image: url });
    expect(sent).toEqual([`GET ${url.href}`, "POST https://api.openai.com/v1/images/variations"]);
  });

  it.each([300, 304, 400, 404, 500])("is not sent, with the status %i, and the error says so", async (status) => {
    const sent: string[] = [];
    const error = await clientWith(status, sent)
      .images.createVariation({ image: url })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UploadError);
    expect((error as Error).message).toContain(`GET ${url.href} responded with status ${status}`);
    expect(sent).toEqual([`GET ${url.href}`]);
  });
});

it("a response without end is read no further than the limit, and cancelled", async () => {
  let cancelled = false;
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(300));
    },
    cancel() {
      cancelled = true;
    },
  });
  const sent: string[] = [];
  const uploading = clientWith(200, sent).images.createVariation({ image: new Response(endless) });
  await expect(uploading).rejects.toThrow(/'image' must have fewer than 1000 bytes, got 1200/);
  expect({ sent, cancelled }).toEqual({ sent: [], cancelled: true });
  expect(pulled).toBeLessThan(10);
});
