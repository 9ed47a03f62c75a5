import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestName as manifestNameOf, writeOwnedFolders } from "./owned-folder.ts";

const manifestName = manifestNameOf("codegen");
let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "owned-folder-"));
  folder = join(root, "client");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const first = { "package.json": "1", "dist/index.js": "one", "dist/old/gone.js": "old" };
const second = { "package.json": "2", "dist/index.js": "two" };

function write(files: Readonly<Record<string, string>>, force = false): void {
  const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  writeOwnedFolders([{ folder, files: new Map(contents) }], { force, tool: "codegen" });
}

const read = (path: string): string => readFileSync(join(folder, path), "utf8");

function put(path: string, text = "mine"): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe("what may be written", () => {
  it("is written into a missing folder, and into an empty one", () => {
    write(first);
    expect(read("dist/index.js")).toBe("one");
    folder = join(root, "empty/deep");
    mkdirSync(folder, { recursive: true });
    write(first);
    expect(read("package.json")).toBe("1");
  });

  it("replaces what was written here, removes what is no longer made, and leaves the user's files", () => {
    write(first);
    put("client/notes.md");
    put("client/dist/mine.js");
    write(second);
    expect([read("package.json"), read("dist/index.js"), read("notes.md"), read("dist/mine.js")]).toEqual([
      "2",
      "two",
      "mine",
      "mine",
    ]);
    expect(existsSync(join(folder, "dist/old"))).toBe(false);
    write(first);
    expect(read("dist/old/gone.js")).toBe("old");
  });
});

/** What somebody may have where a package is to be written: how it comes there, and how one sees that it is as it was. */
const foreign: readonly {
  readonly what: string;
  readonly arrange: () => void;
  readonly isThere: () => boolean;
  readonly said: RegExp;
}[] = [
  {
    what: "a folder of the user's own",
    arrange: () => put("client/src/work.ts"),
    isThere: () => read("src/work.ts") === "mine",
    said: /client is there, and was not written by codegen/,
  },
  {
    what: "a folder with the same files in it",
    arrange: () => put("client/package.json"),
    isThere: () => read("package.json") === "mine",
    said: /client is there, and was not written by codegen/,
  },
  {
    what: "a file in the place of the folder",
    arrange: () => put("client"),
    isThere: () => readFileSync(folder, "utf8") === "mine",
    said: /client is a file, and a folder is to be written there/,
  },
  {
    what: "a link to a folder elsewhere",
    arrange: () => {
      put("elsewhere/work.ts");
      symlinkSync(join(root, "elsewhere"), folder);
    },
    isThere: () => readlinkSync(folder) !== "" && existsSync(join(root, "elsewhere/work.ts")),
    said: /client is a link/,
  },
  {
    what: "a link that leads nowhere",
    arrange: () => symlinkSync(join(root, "nowhere"), folder),
    isThere: () => readlinkSync(folder) !== "",
    said: /client is a link/,
  },
  {
    what: "a link inside a folder that was written here",
    arrange: () => {
      write({ "package.json": "1" });
      put("elsewhere/index.js");
      symlinkSync(join(root, "elsewhere"), join(folder, "dist"));
    },
    isThere: () => readFileSync(join(root, "elsewhere/index.js"), "utf8") === "mine",
    said: /dist is a link/,
  },
  {
    what: "a file of the user's own where a new one is to be written",
    arrange: () => {
      write({ "package.json": "1" });
      put("client/dist/index.js");
    },
    isThere: () => read("dist/index.js") === "mine",
    said: /index\.js was not written by codegen/,
  },
  {
    what: "a written file that the user has changed since",
    arrange: () => {
      write(first);
      put("client/package.json");
    },
    isThere: () => read("package.json") === "mine",
    said: /package\.json was changed since/,
  },
  {
    what: "a written file that is no longer made, and that the user has changed",
    arrange: () => {
      write(first);
      put("client/dist/old/gone.js");
    },
    isThere: () => read("dist/old/gone.js") === "mine",
    said: /gone\.js was changed since/,
  },
  {
    what: "a folder in the place of a file",
    arrange: () => {
      write({ "dist/index.js": "one" });
      put("client/package.json/work.ts");
    },
    isThere: () => read("package.json/work.ts") === "mine",
    said: /package\.json is a folder/,
  },
  {
    what: "a manifest of another tool",
    arrange: () => put(`client/${manifestName}`, '{"files":{"package.json":"1"}}'),
    isThere: () => read(manifestName).startsWith('{"files"'),
    said: /client is there, and was not written by codegen/,
  },
];

describe("what is in the way, and was not written here:", () => {
  it.each(foreign)("$what is named, and nothing is touched", ({ arrange, isThere, said }) => {
    arrange();
    expect(() => write(second)).toThrow(said);
    expect(() => write(second)).toThrow(/Nothing was written\. Name another folder with --out, or pass --force/);
    expect(isThere()).toBe(true);
  });

  it.each(foreign)("$what is replaced with --force", ({ arrange }) => {
    arrange();
    write(second, true);
    expect([read("package.json"), read("dist/index.js")]).toEqual(["2", "two"]);
    if (existsSync(join(root, "elsewhere"))) {
      const kept = ["work.ts", "index.js"].filter((name) => existsSync(join(root, "elsewhere", name)));
      expect(kept).toHaveLength(1);
    }
    write(first);
  });

  it("--force leaves alone what is not in the way", () => {
    put("client/src/work.ts");
    write(second, true);
    expect(read("src/work.ts")).toBe("mine");
  });

  it("nothing is written of several folders if one can't be", () => {
    put("other/work.ts");
    const files = new Map([["package.json", Buffer.from("1")]]);
    const folders = [
      { folder, files },
      { folder: join(root, "other"), files },
    ];
    expect(() => writeOwnedFolders(folders, { force: false, tool: "codegen" })).toThrow(/other is there/);
    expect(existsSync(folder)).toBe(false);
  });

  it("a file above the folder is named", () => {
    put("file");
    folder = join(root, "file/client");
    expect(() => write(first)).toThrow(/file is not a folder\. Nothing was written/);
    expect(() => write(first, true)).toThrow(/file is not a folder\. Nothing was written/);
  });
});
