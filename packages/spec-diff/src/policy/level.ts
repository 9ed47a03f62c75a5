/** What a change asks of a caller of the API, from nothing to a rewrite. */
export const levels = ["none", "patch", "minor", "major"] as const;
/** One of them. */
export type Level = (typeof levels)[number];

/** The highest of some levels; `none` of none. */
export function highestLevel(some: Iterable<Level>): Level {
  let highest = 0;
  for (const level of some) highest = Math.max(highest, levels.indexOf(level));
  return levels[highest]!;
}
