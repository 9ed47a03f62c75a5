import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import OpenAI, { APIConnectionError } from "../index.ts";
import { nodeTransport, saveVariation, SaveVariationError } from "../node.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = new File([pngBytes()], "otter.png", { type: "image/png" });

/** What a call ends with if the server responds with these bytes, and ends. */
async function callOf(response: string): Promise<unknown> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(response));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  using transport = nodeTransport();
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const client = new OpenAI({ apiKey: "key", baseURL, transport, maxRetries: 0 });
  try {
    return await client.images.createVariation({ image }).catch((error: unknown) => error);
  } finally {
    server.close();
  }
}

describe("a server that does not keep to HTTP is an error that says what it did", () => {
  it.each([
    [
      "it switches protocols",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: otter\r\n\r\n",
      "Unexpected switch of protocols with status 101.",
    ],
    ["its status is too high", "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", "Invalid HTTP status 600."],
    ["it closes without a word", "", "Connection error."],
  ])("%s", async (_, response, message) => {
    const error = await callOf(response);
    expect(error).toBeInstanceOf(APIConnectionError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toMatch(/\(POST http:\/\/127\.0\.0\.1:\d+\/v1\/images\/variations\)$/);
  });
});

describe("saveVariation", () => {
  it.each(["", "a/b", "a\\b", "a\0b"])("rejects the name %j before anything is sent", async (name) => {
    let sent = 0;
    const client = new OpenAI({ apiKey: "key", fetch: async () => Response.json({ sent: ++sent }) });
    await expect(saveVariation(client, { image }, { directory: tmpdir(), name })).rejects.toThrow(
      new TypeError(`\`name\` must be the name of a file, got ${JSON.stringify(name)}.`),
    );
    expect(sent).toBe(0);
  });

  it.each([
    [[], new Error("gone"), "Saved 0 images before an error: gone"],
    [["a.png"], new Error("gone"), "Saved 1 image before an error: gone"],
    [["a.png", "b.png"], "gone", "Saved 2 images before an error: gone"],
  ])("says how many were saved: %j", (saved, cause, message) => {
    const error = new SaveVariationError(saved, cause);
    expect(error).toMatchObject({ message, saved, cause });
  });
});
