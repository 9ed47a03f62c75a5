import type { Level } from "@image-variations/spec-diff";

/** A bump that Changesets knows. */
export type Bump = Exclude<Level, "none">;

/** Before 1.0.0, npm's `^0.1.0` takes no 0.2.0: the minor number does what the major one does later. */
const beforeOne: Readonly<Record<Bump, Bump>> = { major: "minor", minor: "minor", patch: "patch" };

/** The bump that a change of the contract asks of a package at some version. */
export function bumpFor(level: Bump, version: string): Bump {
  return version.startsWith("0.") ? beforeOne[level] : level;
}
