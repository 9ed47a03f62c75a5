import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manifestName as manifestNameOf, staleFiles, writeOwnedFolders } from "./owned-folder.ts";

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

describe("what was written here", () => {
  it("keeps its time if it is as it is to be", () => {
    write(first);
    const before = new Date(1_000_000_000_000);
    for (const path of Object.keys(first)) utimesSync(join(folder, path), before, before);
    write({ ...first, "package.json": "2" });
    const times = Object.keys(first).map((path) => statSync(join(folder, path)).mtimeMs === before.getTime());
    expect(times).toEqual([false, true, true]);
  });

  it("may be gone, with the folder that it was in", () => {
    write(first);
    rmSync(join(folder, "dist"), { recursive: true });
    write(second);
    expect([read("package.json"), read("dist/index.js")]).toEqual(["2", "two"]);
    write({});
    expect(existsSync(join(folder, "package.json"))).toBe(false);
    expect(existsSync(join(folder, "dist"))).toBe(false);
    expect(existsSync(folder)).toBe(true);
  });

  it("is removed with the folders that are empty without it, and with no others", () => {
    write({ "a/b/c/one.js": "1", "a/b/two.js": "2" });
    write({ "a/b/two.js": "2" });
    expect([existsSync(join(folder, "a/b/c")), existsSync(join(folder, "a/b/two.js"))]).toEqual([false, true]);
    write({ "package.json": "1" });
    expect(existsSync(join(folder, "a"))).toBe(false);
  });

  it("is not removed through a link that has come into its place", () => {
    write({ "a/one.js": "1", "package.json": "1" });
    put("elsewhere/one.js", "1");
    rmSync(join(folder, "a"), { recursive: true });
    symlinkSync(join(root, "elsewhere"), join(folder, "a"));
    write({ "package.json": "1" }, true);
    expect(readFileSync(join(root, "elsewhere/one.js"), "utf8")).toBe("1");
  });

  it("is listed in the manifest, so that a file that has the name of a property of objects is known from one that is not", () => {
    write({ "package.json": "1" });
    expect(JSON.parse(read(manifestName))).toEqual({
      tool: "codegen",
      files: { "package.json": expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    put("client/constructor");
    expect(() => write({ constructor: "x" } as unknown as Record<string, string>)).toThrow(
      /constructor was not written by codegen\. Nothing/,
    );
  });
});

describe("what is out of date", () => {
  const stale = (files: Readonly<Record<string, string>>): string[] => {
    const contents = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
    return staleFiles({ folder, files: new Map(contents) }, "codegen");
  };

  it("is everything in a missing folder, and nothing in one that was just written", () => {
    expect(stale(first)).toEqual(Object.keys(first));
    write(first);
    expect(stale(first)).toEqual([]);
  });

  it("is what differs, what is missing, and what was written and is no longer made, and not what is the user's own", () => {
    write(first);
    put("client/notes.md");
    put("client/package.json");
    rmSync(join(folder, "dist/index.js"));
    expect(stale(second)).toEqual(["package.json", "dist/index.js", "dist/old/gone.js"]);
    rmSync(join(folder, "dist/old/gone.js"));
    expect(stale(second)).toEqual(["package.json", "dist/index.js"]);
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
  ...[
    '{"tool":"other","files":{"package.json":"1"}}',
    '{"files":{"package.json":"1"}}',
    '{"tool":"codegen","files":null}',
    '{"tool":"codegen","files":["package.json"]}',
    '{"tool":"codegen","files":5}',
    "null",
    "{",
  ].map((manifest) => ({
    what: `a manifest that codegen did not write, ${manifest}`,
    arrange: () => put(`client/${manifestName}`, manifest),
    isThere: () => read(manifestName) === manifest,
    said: /client is there, and was not written by codegen: it has no \.codegen\.json/,
  })),
  {
    what: "a file on the way to another one",
    arrange: () => {
      write({ "package.json": "1" });
      put("client/dist");
    },
    isThere: () => read("dist") === "mine",
    said: /dist is a file, and a folder is to be written there/,
  },
  {
    what: "something that is neither a file nor a folder",
    arrange: () => {
      write({ "dist/index.js": "one" });
      expect(spawnSync("mkfifo", [join(folder, "package.json")]).status).toBe(0);
    },
    isThere: () => lstatSync(join(folder, "package.json")).isFIFO(),
    said: /package\.json is something else, and a file is to be written there/,
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

  it.each([
    { what: "a file", arrange: () => put("client/a"), said: /client.a is a file, and a folder is to be written there/ },
    {
      what: "a link",
      arrange: () => {
        put("elsewhere/b/work.ts");
        symlinkSync(join(root, "elsewhere"), join(folder, "a"));
      },
      said: /client.a is a link, and a folder is to be written there/,
    },
  ])("$what high above the only file is named", ({ arrange, said }) => {
    write({ "package.json": "1" });
    arrange();
    expect(() => write({ "package.json": "1", "a/b/c/d.ts": "deep" })).toThrow(said);
    expect(existsSync(join(root, "elsewhere/b/c"))).toBe(false);
  });

  it("all of it is counted, and the first of it is named", () => {
    write(first);
    put("client/package.json");
    expect(() => write(second)).toThrow(/package\.json was changed since codegen wrote it\. Nothing was written\./);
    put("client/dist/index.js");
    put("client/dist/old/gone.js");
    expect(() => write(second)).toThrow(
      /package\.json was changed since codegen wrote it \(and 2 more\)\. Nothing was written\./,
    );
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
