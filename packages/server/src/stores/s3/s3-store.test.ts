import { eventually } from "@image-variations/testing/eventually";
import { afterAll, describe, expect, test } from "vitest";
import { createHandler, createS3Store, type S3StoreOptions } from "../../index.ts";
import { postForm } from "../../testing/post-form.ts";
import { startS3 } from "@image-variations/testing/start-s3";
import { plainImage, stubBackend } from "../../testing/stub-backend.ts";
import { createFileId } from "../file-store.ts";
import { contractFacts } from "../../testing/contract-facts.ts";

const s3 = await startS3();
afterAll(() => s3[Symbol.asyncDispose]());

const png = plainImage(0, { size: contractFacts.smallestPixels }).bytes;

async function makeUrls(options: S3StoreOptions, n = 1, now = Date.now): Promise<string[]> {
  const handler = createHandler({
    backend: stubBackend(),
    store: createS3Store({ ...options, now }),
    publicUrl: "https://images.test",
    now,
  });
  const response = await postForm(handler, { n, size: contractFacts.smallestSize });
  const { data } = (await response.json()) as { data: { url: string }[] };
  return data.map(({ url }) => url);
}

async function storeFile(options: S3StoreOptions, expiresAt: number, id = createFileId()): Promise<string> {
  await createS3Store(options).put(id, { bytes: png, mediaType: "image/png", expiresAt });
  return id;
}

describe("images in a bucket", () => {
  test("of one server are served by another, whole and in part", async () => {
    const [url = ""] = await makeUrls(s3.options);
    const other = createHandler({ backend: stubBackend(), store: createS3Store(s3.options) });
    const whole = await other(url);
    expect(whole.status).toBe(200);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(png);
    const part = await other(url, { headers: { range: "bytes=1-3" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 1-3/${png.length}`]);
    expect(await part.text()).toBe("PNG");
  });

  test("are served by the bucket itself, if their URLs are presigned", async () => {
    const [url = ""] = await makeUrls({ ...s3.options, urls: "presigned" });
    expect(url).toMatch(
      new RegExp(`^${s3.options.endpoint}/otters/variations/[\\w-]{43}\\?.*X-Amz-Signature=[\\da-f]{64}`),
    );
    expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("3600");
    const response = await fetch(url);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png);
  });

  test("have presigned URLs at the endpoint that clients reach", async () => {
    const [url = ""] = await makeUrls({
      ...s3.options,
      urls: "presigned",
      publicEndpoint: "https://files.example.com/s3",
    });
    expect(url).toMatch(/^https:\/\/files\.example\.com\/s3\/otters\/variations\//);
  });

  test("are uploaded while the next one is being made", async () => {
    const { promise: uploaded, resolve: finishUpload } = Promise.withResolvers<void>();
    const order: string[] = [];
    const backend = stubBackend({
      before: (index) => {
        order.push(`make ${index}`);
        // The first upload does not end before the last image is made.
        if (index === 2) finishUpload();
      },
    });
    const slow = async (request: Request): Promise<Response> => {
      order.push("upload");
      await uploaded;
      return fetch(request);
    };
    const store = createS3Store({ ...s3.options, fetch: slow });
    const handler = createHandler({ backend, store, publicUrl: "https://images.test" });
    const response = await postForm(handler, { n: 3, size: contractFacts.smallestSize });
    expect(response.status).toBe(200);
    expect(order.indexOf("make 2")).toBeGreaterThan(order.indexOf("make 0"));
    expect(order.filter((step) => step === "upload")).toHaveLength(3);
  });

  test("are removed if one of them cannot be stored", async () => {
    let uploads = 0;
    const failing = (request: Request): Promise<Response> => {
      if (request.method === "PUT") uploads += 1;
      return request.method === "PUT" && uploads === 2
        ? Promise.resolve(new Response("<Error><Code>AccessDenied</Code></Error>", { status: 403 }))
        : fetch(request);
    };
    const before = await s3.listKeys();
    const store = createS3Store({ ...s3.options, fetch: failing });
    const handler = createHandler({ backend: stubBackend(), store, publicUrl: "https://images.test" });
    expect((await postForm(handler, { n: 3, size: contractFacts.smallestSize })).status).toBe(500);
    expect(await s3.listKeys()).toEqual(before);
  });
});

describe("a request to a bucket", () => {
  test.for<[string, () => Promise<Response>]>([
    ["503 Slow Down", async () => new Response("<Error><Code>SlowDown</Code></Error>", { status: 503 })],
    ["a broken connection", () => Promise.reject(new TypeError("fetch failed"))],
  ])("is sent again after %s", async ([, fail]) => {
    let failures = 2;
    const unsteady = (request: Request): Promise<Response> => (failures-- > 0 ? fail() : fetch(request));
    const id = await storeFile({ ...s3.options, fetch: unsteady }, Date.now() + 60_000);
    expect(await s3.listKeys()).toContain(`variations/${id}`);
  });

  test("is given up after the third failure, with the service's words", async () => {
    let requests = 0;
    const down = async (): Promise<Response> => {
      requests += 1;
      return new Response("<Error><Code>SlowDown</Code></Error>", { status: 503, statusText: "Slow Down" });
    };
    await expect(storeFile({ ...s3.options, fetch: down }, 0)).rejects.toThrow(/ failed: 503 Slow Down .*SlowDown/);
    expect(requests).toBe(3);
  });

  test("has an end, if the service says nothing", async () => {
    const silent = ({ signal }: Request): Promise<Response> =>
      new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason as Error);
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    await expect(storeFile({ ...s3.options, fetch: silent, timeout: 1 }, 0)).rejects.toThrow(/PUT .* failed: /);
  });
});

describe("a sweep", () => {
  test("removes what has expired, page by page, and nothing else", async () => {
    const options = { ...s3.options, prefix: "sweep/" };
    const now = Date.now();
    // Letters of one case: fauxqs sorts them by locale and continues by code, as no real service does.
    const id = (letter: string): string => letter.repeat(43);
    for (const letter of ["a", "b", "d"]) await storeFile(options, now + 1, id(letter));
    const living = await storeFile(options, now + 3_600_000, id("c"));
    await fetch(`${s3.options.endpoint}/otters/sweep/notes.txt`, { method: "PUT", body: "of somebody else" });
    // Two objects a page, as a large bucket has a thousand.
    const paged = (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      if (url.searchParams.has("list-type")) url.searchParams.set("max-keys", "2");
      return fetch(new Request(url, request));
    };
    const store = createS3Store({ ...options, fetch: paged, now: () => now + 120_000 });
    expect(await store.sweep()).toBe(3);
    const keys = (await s3.listKeys()).filter((key) => key.startsWith("sweep/"));
    expect(keys.toSorted()).toEqual(["sweep/notes.txt", `sweep/${living}`].toSorted());
  });

  test("is made now and then once files are stored, until the store is closed", async () => {
    const lists: string[] = [];
    const watched = (request: Request): Promise<Response> => {
      if (request.url.includes("list-type")) lists.push(request.url);
      return fetch(request);
    };
    const store = createS3Store({ ...s3.options, fetch: watched, sweepInterval: 5 });
    await store.put(createFileId(), { bytes: png, mediaType: "image/png", expiresAt: Date.now() + 60_000 });
    await eventually(() => expect(lists.length).toBeGreaterThan(1));
    await store.close?.();
  });
});

test("a store rejects an option that it does not know", () => {
  expect(() => createS3Store({ ...s3.options, urls: "public" as "proxied" })).toThrow(
    'urls must be proxied or presigned, got "public".',
  );
});
