import { levels } from "@image-variations/spec-diff";
import type { PackageBump } from "./plan-changeset.ts";
import type { PendingChangeset } from "./pending-changesets.ts";

/** What is wrong with the changesets of a spec change: one sentence for each package, none where all is well. */
export function checkChangesets(needed: readonly PackageBump[], pending: readonly PendingChangeset[]): string[] {
  return needed.flatMap(({ name, bump }) => {
    const found = pending.filter(({ bumps }) => bumps[name] !== undefined);
    const ranks = found.map(({ bumps }) => levels.indexOf(bumps[name]!));
    if (ranks.some((rank) => rank >= levels.indexOf(bump))) return [];
    const best = found[ranks.indexOf(Math.max(...ranks))];
    return [
      best
        ? `${name} needs a ${bump} bump for this spec change, and ${best.path} gives it a ${best.bumps[name]} one.`
        : `${name} needs a ${bump} bump for this spec change, and no changeset gives it one.`,
    ];
  });
}
