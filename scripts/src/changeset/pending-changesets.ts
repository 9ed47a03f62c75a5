import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Level } from "@image-variations/spec-diff";
import { run } from "@image-variations/spec-diff/repository";

/** A changeset that waits for the next release. */
export interface PendingChangeset {
  /** The path from the root. */
  readonly path: string;
  readonly bumps: Readonly<Record<string, Level>>;
}

const folder = ".changeset";

/** The changesets that are new since a revision, or all pending ones without a revision. */
export function pendingChangesets(root: string, base: string | undefined): PendingChangeset[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".md") && name !== "README.md");
  return names
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), "utf8") }))
    .filter(({ path, text }) => base === undefined || run("git", ["show", `${base}:${path}`], root) !== text)
    .map(({ path, text }) => ({ path, bumps: bumpsOf(text) }));
}

function bumpsOf(text: string): Record<string, Level> {
  const [, head] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text) ?? [];
  const bumps: unknown = head === undefined ? undefined : parse(head);
  return typeof bumps === "object" && bumps !== null ? (bumps as Record<string, Level>) : {};
}
