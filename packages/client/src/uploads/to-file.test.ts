import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toFile as officialToFile } from "openai";
import { afterAll, describe, expect, it } from "vitest";
import OpenAI, { toFile, type Uploadable } from "../index.ts";
import { misbehavingServer } from "../testing/misbehaving-server.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const folder = mkdtempSync(join(tmpdir(), "to-file-"));
const path = join(folder, "otter.png");
const bytes = pngBytes();
writeFileSync(path, bytes);
afterAll(() => rmSync(folder, { recursive: true }));

describe("toFile", () => {
  it("is also on the client, as official programs call it", () => {
    expect(OpenAI.toFile).toBe(toFile);
  });

  it("returns a File as it is, unless something new is said of it", async () => {
    const file = new File([bytes], "otter.png");
    expect(await toFile(file)).toBe(file);
    expect(await toFile(file, "otter.png")).toBe(file);
    expect((await toFile(file, "other.png")).name).toBe("other.png");
  });

  it("takes the names that the official one takes", async () => {
    const sources: (() => Uploadable)[] = [
      () => createReadStream(path),
      () => new File([bytes], "a.png"),
      () => Object.defineProperty(new Response(bytes), "url", { value: "https://example.com/a/b%20c.png?x=1" }),
    ];
    for (const source of sources) {
      const [ours, official] = [await toFile(source()), await officialToFile(source() as File)];
      expect(ours.name).toBe(official.name);
      expect(new Uint8Array(await ours.arrayBuffer())).toEqual(new Uint8Array(await official.arrayBuffer()));
    }
  });

  it("knows a PNG when it sees one, and believes what it is told otherwise", async () => {
    expect((await toFile(bytes)).type).toBe("image/png");
    expect((await toFile(bytes, "a.bin", { type: "application/octet-stream" })).type).toBe("application/octet-stream");
    expect((await toFile(new Blob(["text"], { type: "text/plain" }))).type).toBe("text/plain");
  });

  it("waits for a promise", async () => {
    expect((await toFile(Promise.resolve(new Blob([bytes])), "a.png")).size).toBe(bytes.length);
  });

  it("rejects what is not a file", async () => {
    await expect(toFile("otter.png" as never)).rejects.toThrow(/pass fs\.createReadStream\(unknown_file\)/);
    await expect(toFile(null as never)).rejects.toThrow(/, got null\.$/);
    await expect(toFile(undefined as never)).rejects.toThrow(/, got undefined\.$/);
  });
});

describe("a URL", () => {
  it("of a file is read", async () => {
    const file = await toFile(pathToFileURL(path));
    expect([file.name, file.type]).toEqual(["otter.png", "image/png"]);
    await expect(toFile(pathToFileURL(join(folder, "nowhere.png")))).rejects.toThrow(/ENOENT/);
  });

  it("of a server is fetched, without the API key", async () => {
    let authorization: string | undefined;
    await using server = await misbehavingServer((response, _, { url, headers }) => {
      ({ authorization } = headers);
      response.writeHead(url === "/otter.png" ? 200 : 404, { "content-type": "image/png" }).end(bytes);
    });
    let sent: unknown;
    const client = new OpenAI({
      apiKey: "key",
      maxRetries: 0,
      fetch: (url, init) => {
        if (url.startsWith(server.url)) return fetch(url, init);
        sent = init.body;
        return Promise.resolve(Response.json({ created: 1, data: [] }));
      },
    });
    await client.images.createVariation({ image: new URL("/otter.png", server.url) });
    expect(Buffer.from(sent as Uint8Array).includes(Buffer.from(bytes))).toBe(true);
    expect(authorization).toBe(undefined);
    const missing = client.images.createVariation({ image: new URL("/none.png", server.url) });
    await expect(missing).rejects.toThrow(
      `'image' can't be read: GET ${server.url}/none.png responded with status 404`,
    );
  });
});
