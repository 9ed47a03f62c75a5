import { createReadStream, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contract } from "../generated/contract.ts";
import OpenAI, { type Uploadable } from "../index.ts";
import { jsonResponse, observedFetch } from "../testing/observed-fetch.ts";
import { pngBytes } from "../testing/png-bytes.ts";

/** The form that reaches the server, as the platform's own parser reads it. */
async function formOf(image: Uploadable, parameters: object = {}): Promise<FormData> {
  const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
  await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image, ...parameters });
  return requests[0]!.form();
}

async function fileOf(image: Uploadable): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const file = (await formOf(image)).get("image") as File;
  return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
}

const bytes = pngBytes();
const limit = contract.operations["POST /images/variations"]!.uploads!["image"]!.exclusiveMaximumBytes!;
const png = { type: "image/png", bytes };

describe("what can be uploaded", () => {
  it("a File, under its own name", async () => {
    expect(await fileOf(new File([bytes], "otter.png"))).toEqual({ ...png, name: "otter.png" });
  });

  it("a Blob, and bytes of every kind, under the parameter's name", async () => {
    const sources = [new Blob([bytes]), bytes, bytes.buffer, Buffer.from(bytes), new DataView(bytes.buffer)];
    for (const source of sources) expect(await fileOf(source)).toEqual({ ...png, name: "image.png" });
  });

  it("only the bytes that a view covers", async () => {
    const view = new Uint8Array([1, 2, ...bytes, 3]).subarray(2, -1);
    expect(await fileOf(view)).toEqual({ ...png, name: "image.png" });
  });

  it("a file on disk through createReadStream, under its base name", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "upload-")), "otter.png");
    writeFileSync(path, bytes);
    expect(await fileOf(createReadStream(path))).toEqual({ ...png, name: "otter.png" });
  });

  it("a fetch Response", async () => {
    expect(await fileOf(new Response(bytes))).toEqual({ ...png, name: "image.png" });
  });

  it("a web stream and an async iterable, of chunks of any kind", async () => {
    expect(await fileOf(new Blob([bytes]).stream())).toEqual({ ...png, name: "image.png" });
    async function* chunks() {
      yield bytes.subarray(0, 5);
      yield bytes.slice(5, 10).buffer;
      yield new Blob([bytes.subarray(10)]);
      yield "text";
    }
    const sent = await fileOf(chunks());
    expect(sent.bytes).toEqual(new Uint8Array([...bytes, ...Buffer.from("text")]));
  });
});

describe("what is said of the file", () => {
  it("is what its bytes prove, whatever the source says", async () => {
    const { type } = await fileOf(new File([bytes], "otter.png", { type: "application/octet-stream" }));
    expect(type).toBe("image/png");
  });

  it("is what the source says if the bytes prove nothing", async () => {
    expect((await fileOf(new File(["text"], "a.txt", { type: "text/plain" }))).type).toBe("text/plain");
    expect((await fileOf(new Blob(["text"]))).type).toBe("application/octet-stream");
  });

  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\otters\\otter.png", "otter.png"],
    ["ünïcødé 🦦.png", "ünïcødé 🦦.png"],
    ['a"b.png', 'a"b.png'],
    ["line\r\nContent-Type: text\\html.png", "html.png"],
  ])("the name %j reaches the server as %j", async (name, expected) => {
    const { name: received } = await fileOf(new File([bytes], name));
    expect(decodeURIComponent(received)).toBe(expected);
  });

  it("keeps semicolons and line ends out of the part's headers", async () => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const image = new File(["x"], 'a;b"c\r\nx: y.png', { type: "text/plain" });
    await new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image });
    const text = Buffer.from(requests[0]!.init.body as Uint8Array).toString();
    expect(text).toContain('name="image"; filename="a%3Bb%22c%0D%0Ax: y.png"\r\nContent-Type: text/plain\r\n\r\nx\r\n');
  });
});

describe("what can't be uploaded", () => {
  it.each([
    ["a path", "otter.png", /'image' must be a File.*got "otter\.png": pass fs\.createReadStream\(image\)/],
    ["a number", 3, /'image' must be a File.*, got number\./],
    ["an object", {}, /'image' must be a File.*, got object\./],
  ])("%s: the error names the fix, and nothing is sent", async (_, image, message) => {
    const { fetch, requests } = observedFetch(jsonResponse({ created: 1, data: [] }));
    const promise = new OpenAI({ apiKey: "key", fetch }).images.createVariation({ image: image as never });
    await expect(promise).rejects.toThrow(TypeError);
    await expect(promise).rejects.toThrow(message);
    expect(requests).toHaveLength(0);
  });

  it("a stream beyond the contract's limit, which is not read to its end", async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1_000_000;
        yield new Uint8Array(1_000_000);
      }
    }
    await expect(formOf(endless())).rejects.toThrow(`'image' must have fewer than ${limit} bytes`);
    expect(read).toBeLessThan(limit + 2_000_000);
  });
});

describe("the form", () => {
  it("carries any bytes and any text unchanged", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 2_000, size: "max" }),
        fc.string({ unit: "binary" }),
        fc.integer(),
        async (content, user, n) => {
          const form = await formOf(new Blob([content as Uint8Array<ArrayBuffer>]), { user, n });
          const file = form.get("image") as File;
          expect(new Uint8Array(await file.arrayBuffer())).toEqual(content);
          // A form is UTF-8: half a surrogate pair has no bytes of its own.
          expect(form.get("user")).toBe(Buffer.from(user).toString());
          expect(form.get("n")).toBe(String(n));
        },
      ),
    );
  });
});
