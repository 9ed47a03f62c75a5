import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createMemoryStore, createS3Store, type FileStore } from "../index.ts";
import { createDirectoryStore } from "../node.ts";
import { fakeS3 } from "../testing/fake-s3.ts";
import { startS3 } from "@image-variations/testing/start-s3";
import { createFileId } from "./file-store.ts";

const s3 = await startS3();
afterAll(() => s3[Symbol.asyncDispose]());

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "store-"));
  folders.push(folder);
  return folder;
}

async function read(store: FileStore, ...[id, range]: Parameters<FileStore["read"]>): Promise<number[] | undefined> {
  const content = await store.read(id, range);
  return content && [...new Uint8Array(await new Response(content).arrayBuffer())];
}

const file = { bytes: Uint8Array.of(1, 2, 3, 4, 5), mediaType: "image/png", expiresAt: Date.now() + 60_000 };

describe.for<[string, () => Promise<FileStore>]>([
  ["memory", async () => createMemoryStore()],
  ["a directory", async () => createDirectoryStore({ directory: await makeFolder() })],
  ["S3", async () => createS3Store(fakeS3().options)],
  ["a bucket of a running service", async () => createS3Store(s3.options)],
])("the store in %s", ([, create]) => {
  test("gives back what was put, whole and in part", async () => {
    const store = await create();
    const id = createFileId();
    await store.put(id, file);
    expect(await store.stat(id)).toEqual({ size: 5, mediaType: "image/png", expiresAt: file.expiresAt });
    expect(await read(store, id)).toEqual([1, 2, 3, 4, 5]);
    expect(await read(store, id, { start: 1, end: 3 })).toEqual([2, 3, 4]);
    expect(await read(store, id, { start: 4, end: 4 })).toEqual([5]);
    await store.close?.();
  });

  test("replaces what is put twice, so that work may be done twice", async () => {
    const store = await create();
    const id = createFileId();
    await store.put(id, file);
    await store.put(id, { ...file, bytes: Uint8Array.of(9) });
    expect(await store.stat(id)).toMatchObject({ size: 1 });
    expect(await read(store, id)).toEqual([9]);
    await store.close?.();
  });

  test("knows nothing of other ids, nor of those that were deleted", async () => {
    const store = await create();
    const id = createFileId();
    await store.put(id, file);
    await store.delete(id);
    await store.delete(id);
    for (const unknown of [id, createFileId(), "", "..", `../${id}`, `${id}/../${id}`, `${id}\0`, "a".repeat(43)]) {
      expect(await store.stat(unknown)).toBeUndefined();
      expect(await store.read(unknown)).toBeUndefined();
      await store.delete(unknown);
    }
    await store.close?.();
  });

  test("is ready", async () => {
    const store = await create();
    expect(await store.checkReady?.()).toBeUndefined();
    await store.close?.();
  });
});

describe("memory", () => {
  test("drops the oldest when it is full, and what has expired first", async () => {
    let time = 0;
    const store = createMemoryStore({ maxBytes: 12, now: () => time });
    const [a, b, c, d] = [1, 2, 3, 4].map(createFileId) as [string, string, string, string];
    await store.put(a, { ...file, expiresAt: 10 });
    await store.put(b, { ...file, expiresAt: 100 });
    await store.put(c, { ...file, expiresAt: 100 });
    expect(await Promise.all([a, b, c].map(async (id) => (await store.stat(id)) !== undefined))).toEqual([
      false,
      true,
      true,
    ]);
    time = 100;
    await store.put(d, { ...file, expiresAt: 200 });
    expect(await Promise.all([b, c, d].map(async (id) => (await store.stat(id)) !== undefined))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("rejects a file that is larger than itself", async () => {
    await expect(createMemoryStore({ maxBytes: 4 }).put(createFileId(), file)).rejects.toThrow(
      "exceeds the store's maxBytes (4)",
    );
  });
});

describe("a directory", () => {
  test("keeps its files over a restart", async () => {
    const directory = await makeFolder();
    const id = createFileId();
    const before = createDirectoryStore({ directory });
    await before.put(id, file);
    await before.close?.();
    const after = createDirectoryStore({ directory });
    expect(await read(after, id)).toEqual([1, 2, 3, 4, 5]);
    await after.close?.();
  });

  test("removes what has expired, half a file of a crash, and no file of anyone else", async () => {
    const directory = await makeFolder();
    const id = createFileId();
    const first = createDirectoryStore({ directory });
    await first.put(id, { ...file, expiresAt: Date.now() - 1 });
    await first.close?.();
    await writeFile(join(directory, "notes.txt"), "not a file of the store");
    await writeFile(join(directory, `${createFileId()}.json`), "{ half");
    const second = createDirectoryStore({ directory });
    await second.close?.();
    const names = await readdir(directory);
    expect(names).toContain("notes.txt");
    expect(names.some((name) => name.startsWith(id))).toBe(false);
  });

  test("removes the oldest when it is full", async () => {
    const directory = await makeFolder();
    const store = createDirectoryStore({ directory, maxBytes: 12 });
    const ids = [1, 2, 3].map(createFileId);
    for (const [age, id] of ids.entries()) await store.put(id, { ...file, expiresAt: file.expiresAt + age });
    expect(await Promise.all(ids.map(async (id) => (await store.stat(id)) !== undefined))).toEqual([false, true, true]);
    await store.close?.();
  });

  test("that cannot be written to is not ready", async () => {
    const path = join(await makeFolder(), "a-file");
    await writeFile(path, "");
    const store = createDirectoryStore({ directory: path });
    await expect(store.checkReady?.()).rejects.toThrow();
    await expect(store.put(createFileId(), file)).rejects.toThrow();
    await store.close?.();
  });
});

describe("S3", () => {
  test("signs every request, for its region and service", async () => {
    const { options, requests } = fakeS3();
    const store = createS3Store({ ...options, region: "eu-central-1" });
    const id = createFileId();
    await store.put(id, file);
    const [put] = requests;
    expect(put!.url).toBe(`https://s3.test/otters/variations/${id}`);
    expect(put!.headers.get("authorization")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=access\/\d{8}\/eu-central-1\/s3\/aws4_request, SignedHeaders=[^,]*host[^,]*, Signature=[\da-f]{64}$/,
    );
  });

  test("says which request failed, and what the service said", async () => {
    const { options } = fakeS3({ failsWith: 403 });
    await expect(createS3Store(options).put(createFileId(), file)).rejects.toThrow(
      /^PUT https:\/\/s3\.test\/otters\/variations\/\S{43} failed: 403 .*AccessDenied/,
    );
  });

  test("without its bucket is not ready", async () => {
    const { options } = fakeS3({ failsWith: 404 });
    await expect(createS3Store(options).checkReady?.()).rejects.toThrow(
      "The bucket otters at https://s3.test does not exist.",
    );
  });

  test("needs the URL of a service", () => {
    expect(() => createS3Store({ ...fakeS3().options, endpoint: "s3.test" })).toThrow(
      'endpoint must be an http or https URL, got "s3.test".',
    );
  });
});
