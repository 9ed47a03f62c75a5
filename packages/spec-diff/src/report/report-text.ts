import type { Change } from "../policy/change.ts";
import { levels, type Level } from "../policy/level.ts";
import type { SpecDiff } from "../diff-specs.ts";

/** The report for people at a terminal. */
export function reportText({ base, head, bump, opinions, changes, disagreements, warnings }: SpecDiff): string {
  const lines = [`${base} → ${head}`, ""];
  if (changes.length === 0) lines.push("Nothing changed that a caller or a reader could see.", "");
  for (const level of levels.toReversed()) {
    const some = changes.filter((change) => change.level === level);
    if (some.length === 0) continue;
    lines.push(`${level} (${some.length})`, ...some.flatMap((change) => describe(change)), "");
  }
  lines.push(`Bump: ${bump} (by schema: ${opinions.schema}, by types: ${opinions.types})`);
  lines.push(...disagreements.map((one) => describeDisagreement(one)));
  lines.push(...warnings.map((warning) => `Warning: ${warning}`));
  return `${lines.join("\n")}\n`;
}

/** One line about an operation on which the opinions differ. */
export function describeDisagreement({
  operation,
  direction,
  schema,
  types,
}: SpecDiff["disagreements"][number]): string {
  return `The opinions differ on the ${direction} of ${operation}: by schema ${schema}, by types ${types}.`;
}

/** The operations that a change reaches, in few words. */
export function describeReach(operations: readonly string[]): string {
  const [first, second, ...rest] = operations;
  if (!first) return "";
  return [first, second, rest.length > 0 ? `${rest.length} more` : undefined].filter(Boolean).join(", ");
}

function describe({ direction, pointer, reason, undecided, opinion, operations, rule }: Change): string[] {
  const marks = [undecided ? "undecided" : "", opinion === "types" ? "by types" : ""].filter(Boolean);
  const reach = describeReach(operations);
  return [
    `  ${direction.padEnd(8)} ${pointer || "/"}`,
    `           ${reason}`,
    `           ${[rule, ...marks].join(", ")}${reach ? ` · ${reach}` : ""}`,
  ];
}

/** A level as a heading names it. */
export function headingOf(level: Level): string {
  return { major: "Breaking", minor: "New", patch: "Words and details", none: "Outside the contract" }[level];
}
