import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHandler, createS3Store, type Handler, type S3StoreOptions } from "../../index.ts";
import { postForm } from "../../testing/post-form.ts";
import { startSwift, withoutSwift, type RunningSwift } from "@image-variations/testing/start-swift";
import { plainImage, stubBackend } from "../../testing/stub-backend.ts";
import { createFileId } from "../file-store.ts";
import { contractFacts } from "../../testing/contract-facts.ts";

if (withoutSwift !== undefined) console.warn(`The S3 store was not tested with a real service: ${withoutSwift}.`);

const png = plainImage(0, { size: contractFacts.smallestPixels }).bytes;

describe.skipIf(withoutSwift !== undefined)("a real S3 service, which checks signatures,", () => {
  let swift: RunningSwift;
  beforeAll(async () => {
    swift = await startSwift();
  });
  afterAll(() => swift[Symbol.asyncDispose]());

  const createServer = (options: Partial<S3StoreOptions> = {}): Handler =>
    createHandler({
      backend: stubBackend(),
      store: createS3Store({ ...swift.options, ...options }),
      publicUrl: "https://images.test",
    });
  const makeUrl = async (handler: Handler): Promise<string> => {
    const { data } = (await (await postForm(handler, { size: contractFacts.smallestSize })).json()) as {
      data: [{ url: string }];
    };
    return data[0].url;
  };

  test("serves the images of one server by another, whole and in part", async () => {
    const url = await makeUrl(createServer());
    const other = createServer();
    const whole = await other(url);
    expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(png);
    const part = await other(url, { headers: { range: "bytes=1-3" } });
    expect([part.status, await part.text()]).toEqual([206, "PNG"]);
  });

  test("serves presigned URLs itself, and rejects one that was changed", async () => {
    const url = await makeUrl(createServer({ urls: "presigned" }));
    const response = await fetch(url);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(png);
    // 403, and 400 in Swift if there is no signature at all.
    for (const changed of [url.replace("X-Amz-Expires=3600", "X-Amz-Expires=3601"), url.split("?")[0] ?? ""]) {
      expect([400, 403]).toContain((await fetch(changed)).status);
    }
  });

  test("replaces, deletes, and knows nothing of what is not there", async () => {
    const store = createS3Store(swift.options);
    const id = createFileId();
    const file = { bytes: png, mediaType: "image/png", expiresAt: Date.now() + 60_000 };
    await store.put(id, file);
    await store.put(id, { ...file, bytes: Uint8Array.of(9) });
    expect(await store.stat(id)).toEqual({ size: 1, mediaType: "image/png", expiresAt: file.expiresAt });
    await store.delete(id);
    await store.delete(id);
    expect([await store.stat(id), await store.read(id)]).toEqual([undefined, undefined]);
  });

  test("is swept of what has expired", async () => {
    const now = Date.now();
    const store = createS3Store({ ...swift.options, prefix: "sweep/", now: () => now + 120_000 });
    const ids = [1, 2, 3].map(createFileId);
    for (const [index, id] of ids.entries()) {
      await store.put(id, { bytes: png, mediaType: "image/png", expiresAt: index === 1 ? now + 3_600_000 : now });
    }
    expect(await store.sweep()).toBe(2);
    const left = await Promise.all(ids.map(async (id) => (await store.stat(id)) !== undefined));
    expect(left).toEqual([false, true, false]);
  });

  test("is ready with its bucket and its key, and says what is wrong with another", async () => {
    expect(await createS3Store(swift.options).checkReady?.()).toBeUndefined();
    await expect(createS3Store({ ...swift.options, bucket: "beavers" }).checkReady?.()).rejects.toThrow(
      /^The bucket beavers at \S+ does not exist\.$/,
    );
    const wrong = createS3Store({ ...swift.options, secretAccessKey: "another" });
    const file = { bytes: png, mediaType: "image/png", expiresAt: Date.now() };
    await expect(wrong.put(createFileId(), file)).rejects.toThrow(/403 Forbidden[^]*SignatureDoesNotMatch/);
  });
});
