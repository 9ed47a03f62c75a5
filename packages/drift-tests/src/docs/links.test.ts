import { existsSync } from "node:fs";
import { join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { homeUrl, listFiles, readText, root } from "../repository/repository.ts";
import { readMarkdown } from "./read-markdown.ts";

const pages = readMarkdown();
const anchorsOf = new Map(pages.map(({ path, anchors }) => [path, anchors]));

describe.for(pages)("$path", ({ path, links, spans, blocks }) => {
  test("leads somewhere with every link", () => {
    expect(links.filter((link) => !leadsSomewhere(path, link))).toEqual([]);
  });

  test("names files that are there", () => {
    // What has a star, a brace or an ellipsis in it stands for many; what is built or made by a command is not there yet.
    const paths = [...spans, ...blocks.flatMap(({ code }) => code.split(/\s/))].filter(
      (text) =>
        /^(specs|scripts|packages|docs|assets|\.github|\.ci)\/[\w./-]*\w\/?$/.test(text) &&
        !/\/(dist|\.\w+)\//.test(text),
    );
    expect(paths.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  test("names commands that there are", () => {
    const named = [...spans, ...blocks.flatMap(({ code }) => code.split("\n"))].flatMap(
      (text) => /^\s*(?:\$ )?(?:npm run|pnpm(?: run| exec)?) (?<script>[a-z][\w:-]*)/.exec(text)?.groups?.script ?? [],
    );
    const known = (name: string): boolean =>
      scripts.has(name) || builtIn.has(name) || existsSync(join(root, "node_modules/.bin", name));
    expect(named.filter((name) => !known(name))).toEqual([]);
  });
});

test("the map in CONTRIBUTING.md has every package", () => {
  const map = readText("CONTRIBUTING.md");
  const folders = listFiles("packages/*/package.json").map((path) => path.split("/")[1]!);
  expect(folders.filter((folder) => !new RegExp(`^  ${folder}/ `, "m").test(map))).toEqual([]);
});

/** What pnpm brings itself, as far as the docs need it. */
const builtIn = new Set(["add", "dlx", "exec", "install", "pack", "publish", "run", "start", "test"]);

const scripts = new Set(
  listFiles("{package.json,{specs,scripts,packages/*}/package.json}").flatMap((path) => {
    const { scripts: named = {} } = JSON.parse(readText(path)) as { scripts?: Readonly<Record<string, string>> };
    return Object.keys(named);
  }),
);

/** Addresses on the web are taken at their word, because tests ask no other machine; those of this repository are files. */
function leadsSomewhere(from: string, link: string): boolean {
  const own = new RegExp(`^${homeUrl}/(?:blob|tree)/main/([^#]+)(#.*)?$`).exec(link);
  if (own) return leadsSomewhere("README.md", `${own[1]}${own[2] ?? ""}`);
  if (/^(https:|mailto:)/.test(link)) return URL.canParse(link);
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : join(from, "..", path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || (anchorsOf.get(target)?.includes(anchor) ?? false);
}
