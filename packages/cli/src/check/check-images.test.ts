import { createPng } from "@image-variations/png-corpus";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { checkImages, type CheckedImage } from "./check-images.ts";
import { diskFileSystem, type FileSystem, type FolderEntry } from "./file-system.ts";
import { findImages } from "./find-images.ts";

const png = createPng({ width: 300, height: 300 });

async function* noInput(): AsyncGenerator<Uint8Array> {}

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(`${code}: a failure`), { code }));
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe("errors of the disk", () => {
  test.for([
    ["EACCES", "cannot be read: permission denied"],
    ["EPERM", "cannot be read: not permitted"],
    ["EMFILE", "too many files are open"],
    ["EIO", "the disk reported an error"],
    ["EUNHEARD", "cannot be read: EUNHEARD: a failure."],
  ] as const)("%s at one file is told, and the others are checked", async ([code, said]) => {
    const disk = diskFileSystem(temporaryFolder({ "a.png": png, "b.png": png, "c.png": png }));
    const fileSystem: FileSystem = {
      ...disk,
      open: (path, flags) => (path === "b.png" ? failing(code)() : disk.open(path, flags)),
    };
    const checked = await collect(checkImages(["."], { fileSystem, stdin: noInput() }));
    expect(checked.map(({ status }) => status)).toEqual(["accepted", "unreadable", "accepted"]);
    expect(checked[1]).toMatchObject({ path: "b.png", failure: { message: expect.stringContaining(said) as string } });
  });

  test("a read that fails half-way is told", async () => {
    const disk = diskFileSystem(temporaryFolder({ "a.png": png }));
    const fileSystem: FileSystem = {
      ...disk,
      async open(path, flags) {
        const file = await disk.open(path, flags);
        file.read = failing("EIO");
        return file;
      },
    };
    const [checked] = await collect(checkImages(["a.png"], { fileSystem, stdin: noInput() }));
    expect(checked).toMatchObject({
      status: "unreadable",
      failure: { message: "a.png cannot be read: the disk reported an error." },
    });
  });

  test("a directory that can't be read is told, and the rest is searched", async () => {
    const disk = diskFileSystem(temporaryFolder({ "a/a.png": png, "b/b.png": png }));
    const fileSystem: FileSystem = {
      ...disk,
      readdir: (path, options) => (path === "a" ? failing("EACCES")() : disk.readdir(path, options)),
    };
    const checked = await collect(checkImages(["."], { fileSystem, stdin: noInput() }));
    expect(checked.map(({ path, status }) => `${path} ${status}`)).toEqual(["a unreadable", "b/b.png accepted"]);
  });

  test("a file that became shorter while it was read is reported as truncated", async () => {
    const disk = diskFileSystem(temporaryFolder({ "a.png": png.subarray(0, png.length - 40) }));
    const fileSystem: FileSystem = {
      ...disk,
      async open(path, flags) {
        const file = await disk.open(path, flags);
        file.stat = (async () => ({ size: png.length })) as unknown as typeof file.stat;
        return file;
      },
    };
    const [checked] = await collect(checkImages(["a.png"], { fileSystem, stdin: noInput() }));
    expect(checked).toMatchObject({ status: "rejected", inspection: { issues: [{ code: "truncated" }] } });
  });
});

test("no more files are open at once than it may, and all are closed", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `${index}.png`);
  const disk = diskFileSystem(temporaryFolder(Object.fromEntries(names.map((name) => [name, png]))));
  let isOpen = 0;
  let most = 0;
  const fileSystem: FileSystem = {
    ...disk,
    async open(path, flags) {
      most = Math.max(most, ++isOpen);
      const file = await disk.open(path, flags);
      const close = file.close.bind(file);
      file.close = () => {
        isOpen -= 1;
        return close();
      };
      return file;
    },
  };
  const checked = await collect(checkImages(["."], { fileSystem, stdin: noInput(), concurrency: 5 }));
  expect(checked.map(({ path }) => path)).toEqual(names.toSorted());
  expect({ most, isOpen }).toEqual({ most: 5, isOpen: 0 });
});

test("buffers are used again, without the bytes of one file in the result of another", async () => {
  const sizes = [400, 8, 300, 20, 500, 12];
  const images = sizes.map((size) => createPng({ width: size, height: size }));
  const folder = temporaryFolder(Object.fromEntries(images.map((bytes, index) => [`${index}.png`, bytes])));
  const args = sizes.map((_, index) => `${index}.png`);
  const options = { fileSystem: diskFileSystem(folder), stdin: noInput(), depth: "pixels", concurrency: 1 } as const;
  const checked = await collect(checkImages(args, options));
  const widths = checked.map((one: CheckedImage) => one.status === "accepted" && one.inspection.width);
  expect(widths).toEqual(sizes);
});

describe("on Windows", () => {
  const file = (name: string): FolderEntry => ({
    name,
    isFile: () => true,
    isDirectory: () => false,
    isSymbolicLink: () => false,
  });
  const folder = (name: string): FolderEntry => ({
    name,
    isFile: () => false,
    isDirectory: () => true,
    isSymbolicLink: () => false,
  });
  const folders: Readonly<Record<string, readonly FolderEntry[]>> = {
    "C:\\photos": [file("a.png"), file("B.PNG"), folder("old")],
    "C:\\photos\\old": [file("c.png")],
  };
  const fileSystem: FileSystem = {
    open: failing("EIO"),
    readdir: async (path) => folders[path.replaceAll("/", "\\")] ?? [],
    async stat(path) {
      const normal = path.replaceAll("/", "\\");
      const index = Object.keys(folders).indexOf(normal);
      if (index === -1) return failing("ENOENT")();
      return { dev: 1n, ino: BigInt(index), isFile: () => false, isDirectory: () => true };
    },
  };

  test.for<[string, readonly string[]]>([
    ["C:\\photos", ["C:\\photos\\B.PNG", "C:\\photos\\a.png", "C:\\photos\\old\\c.png"]],
    ["C:\\photos\\*.png", ["C:\\photos\\B.PNG", "C:\\photos\\a.png"]],
    ["C:/photos/**/c.*", ["C:\\photos\\old\\c.png"]],
  ])("%s names %j", async ([argument, expected]) => {
    const found = await collect(findImages([argument], { fileSystem, windows: true }));
    expect(found.map(({ path }) => path)).toEqual(expected);
  });
});
