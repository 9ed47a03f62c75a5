import type { Change, Level } from "@image-variations/spec-diff";
import type { ChangesetPlan } from "./plan-changeset.ts";

const headings: Readonly<Partial<Record<Level, string>>> = { major: "Breaking", minor: "New" };
const maximumLines = 20;

/** The text of a changeset: the packages, and what a user of them reads in the changelog. */
export function writeEntry({ diff, packages }: ChangesetPlan): string {
  const lines = packages.map(({ name, bump }) => `${JSON.stringify(name)}: ${bump}`);
  return `---\n${lines.join("\n")}\n---\n\n${entryOf(diff.changes)}\n`;
}

function entryOf(changes: readonly Change[]): string {
  const told = changes.flatMap((change) => {
    const heading = headings[change.level];
    return heading ? [`- **${heading}**, ${placeOf(change)}: ${change.reason}`] : [];
  });
  const unique = [...new Set(told)];
  if (unique.length === 0) return "The contract says the same in better words; nothing changes for callers.";
  const shown = unique.slice(0, maximumLines);
  const rest = unique.length > shown.length ? [`- … and ${unique.length - shown.length} more changes.`] : [];
  const breaks = changes.some(({ level }) => level === "major");
  const first = breaks
    ? "The contract changed in ways that callers have to follow:"
    : "The contract allows or tells more:";
  return [first, "", ...shown, ...rest].join("\n");
}

/** The place as a user knows it: the schema's property or the operation, and not the pointer. */
function placeOf({ pointer, operations, direction }: Change): string {
  const steps = pointer.split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const schema = pointer.startsWith("/components/schemas/") ? steps[3] : undefined;
  const properties = steps.filter((_, index) => index > 3 && steps[index - 1] === "properties");
  const name = [schema, ...properties].filter(Boolean).join(".");
  if (name) return `\`${name}\``;
  return operations[0] ? `\`${operations[0]}\`` : `the ${direction === "both" ? "document" : direction}`;
}
