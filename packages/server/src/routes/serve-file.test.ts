import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createHandler, createMemoryStore, createS3Store, type FileStore, type Handler } from "../index.ts";
import { createDirectoryStore } from "../node.ts";
import { fakeS3 } from "../testing/fake-s3.ts";
import { postForm } from "../testing/post-form.ts";
import { plainImage, stubBackend } from "../testing/stub-backend.ts";

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
const directory = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(directory, { recursive: true }));

async function makeFile(handler: Handler): Promise<string> {
  const response = await postForm(handler);
  const { data } = (await response.json()) as { data: { url: string }[] };
  return data[0]!.url;
}

describe.for<[string, () => FileStore]>([
  ["memory", createMemoryStore],
  ["a directory", () => createDirectoryStore({ directory })],
  ["S3", () => createS3Store(fakeS3().options)],
])("a file in %s", ([, createStore]) => {
  let time = Date.now();
  const backend = stubBackend({ make: () => ({ bytes, mediaType: "image/png" }) });
  const store = createStore();
  const handler = createHandler({ backend, store, publicUrl: "https://images.test/base/", now: () => time });
  const fileOf = makeFile(handler);
  const get = async (headers: Record<string, string> = {}, method = "GET") =>
    handler(await fileOf, { headers, method });
  afterAll(() => store.close?.());

  test("has a URL below the public one that cannot be guessed", async () => {
    expect(await fileOf).toMatch(/^https:\/\/images\.test\/base\/files\/[\w-]{43}\.png$/);
    expect(await makeFile(handler)).not.toBe(await fileOf);
  });

  test("is served with its type, its tag, and for as long as it lives", async () => {
    const response = await get();
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, max-age=3600, immutable",
      "content-length": "100",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-type": "image/png",
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
      "x-content-type-options": "nosniff",
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  test("has a HEAD without a body", async () => {
    const response = await get({}, "HEAD");
    expect([response.status, response.headers.get("content-length"), await response.text()]).toEqual([200, "100", ""]);
  });

  test.for<[string, number, number, number]>([
    ["bytes=0-0", 206, 0, 0],
    ["bytes=10-19", 206, 10, 19],
    ["bytes=90-", 206, 90, 99],
    ["bytes=-5", 206, 95, 99],
    ["bytes=-500", 206, 0, 99],
    ["bytes=50-5000", 206, 50, 99],
    // What is not one valid range is ignored, as RFC 9110 allows.
    ["bytes=20-10", 200, 0, 99],
    ["bytes=0-1,5-6", 200, 0, 99],
    ["bytes=-", 200, 0, 99],
    ["otters=1-2", 200, 0, 99],
  ])("in the range %s", async ([range, status, start, end]) => {
    const response = await get({ range });
    expect(response.status).toBe(status);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes.slice(start, end + 1));
    expect(response.headers.get("content-range")).toBe(status === 206 ? `bytes ${start}-${end}/100` : null);
    expect(response.headers.get("content-length")).toBe(String(end - start + 1));
  });

  test.for(["bytes=100-", "bytes=500-600", "bytes=-0"])("beyond its end, in the range %s, is a 416", async (range) => {
    const response = await get({ range });
    expect([response.status, response.headers.get("content-range")]).toEqual([416, "bytes */100"]);
  });

  test("is a 304 for who has it, and whole for who has another", async () => {
    const etag = (await get()).headers.get("etag")!;
    for (const tags of [etag, `"other", W/${etag}`, "*"]) {
      const response = await get({ "if-none-match": tags });
      expect([response.status, await response.text()]).toEqual([304, ""]);
    }
    expect((await get({ "if-none-match": '"other"' })).status).toBe(200);
    expect((await get({ range: "bytes=0-0", "if-range": '"other"' })).status).toBe(200);
    expect((await get({ range: "bytes=0-0", "if-range": etag })).status).toBe(206);
  });

  test("is a 404 if it was never made, whatever is in the path", async () => {
    const url = await fileOf;
    for (const id of ["", "a", "..%2f..%2fetc%2fpasswd", "%2e%2e", "a".repeat(43), `${"a".repeat(43)}.svg`, "%00"]) {
      const response = await handler(url.replace(/[\w-]{43}\.png$/, id));
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    }
  });

  test("is a 404 after 60 minutes", async () => {
    const start = time;
    time = start + 3_599_000;
    expect((await get()).headers.get("cache-control")).toBe("private, max-age=1, immutable");
    time = start + 3_600_000;
    expect((await get()).status).toBe(404);
    time = start;
    // And is gone, not only hidden.
    expect((await get()).status).toBe(404);
  });
});

test("images before the one that failed are removed, as their URLs are never sent", async () => {
  const put: string[] = [];
  const deleted: string[] = [];
  const memory = createMemoryStore();
  const store: FileStore = {
    ...memory,
    async put(id, file) {
      put.push(id);
      await memory.put(id, file);
    },
    async delete(id) {
      deleted.push(id);
      await memory.delete(id);
    },
  };
  const backend = stubBackend({
    make: (index, request) => {
      if (index === 2) throw new Error("no");
      return plainImage(index, request);
    },
  });
  const handler = createHandler({ backend, store, publicUrl: "https://images.test" });
  expect((await postForm(handler, { n: 3 })).status).toBe(500);
  expect(put).toHaveLength(2);
  expect(deleted.toSorted()).toEqual(put.toSorted());
});

test("a store that fails is a 500", async () => {
  const store: FileStore = { ...createMemoryStore(), put: () => Promise.reject(new Error("The disk is full.")) };
  const handler = createHandler({ backend: stubBackend(), store, publicUrl: "https://images.test" });
  expect((await postForm(handler)).status).toBe(500);
});
