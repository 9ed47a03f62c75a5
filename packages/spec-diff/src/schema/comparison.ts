import type { Direction, ObservedChange } from "../policy/observed-change.ts";
import type { RuleName } from "../policy/rules.ts";
import type { NormalSchema } from "./normal-schema.ts";
import type { Site } from "./site.ts";

/** A place in one of the two documents. */
export type Place = Pick<ObservedChange, "pointer" | "document">;

/** One place's schema before and after, and what an aspect of the comparison can do with what it sees. */
export interface Comparison {
  readonly direction: Exclude<Direction, "both">;
  readonly before: NormalSchema;
  readonly after: NormalSchema;
  readonly beforeSite: Site;
  readonly afterSite: Site;
  report(rule: RuleName, place: Place, facts?: Readonly<Record<string, string>>): void;
  /** Compares two sites below this one. `spared` names effects that are made good elsewhere. */
  follow(before: Site, after: Site, spared?: ReadonlySet<string>): void;
  /** The normal form of a site of the base, and of the head. */
  readBefore(site: Site): NormalSchema;
  readAfter(site: Site): NormalSchema;
  /** Whether every value that was legal at the one is legal at the other. */
  fits(before: Site, after: Site): boolean;
  /** Whether every value that is legal at the other was legal at the one, and described there. */
  covers(before: Site, after: Site): boolean;
  /** Says that the base allows here what it does not describe, so that callers can't have been written for it. */
  markUndescribed(): void;
  /** Whether a property of the base or head is outside what is sent (`readOnly`) or received (`writeOnly`). */
  hides(document: "base" | "head", site: Site): boolean;
}

/** A place in the base. */
export function inBase(pointer: string): Place {
  return { pointer, document: "base" };
}

/** A place in the head. */
export function inHead(pointer: string): Place {
  return { pointer, document: "head" };
}
