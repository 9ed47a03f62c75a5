import type { TypeName } from "./type-names.ts";
import type { Part } from "./part.ts";

/**
 * A place that a schema describes. It may take several schemas to do so, all of which hold: the same property in two
 * members of an `allOf`, a branch and what stands beside the union.
 */
export interface Site {
  readonly parts: readonly [Part, ...Part[]];
  /** Unions that are passed over, by pointer: the site is one branch of them, and the branch is among its parts. */
  readonly skip: ReadonlySet<string>;
  /** Whether null is left out, because it was looked at for all branches together. */
  readonly withoutNull?: boolean;
  /** The one type that is looked at, of several that are legal. */
  readonly onlyType?: TypeName;
}

/** The place that one schema describes. */
export function siteOf(part: Part): Site {
  return { parts: [part], skip: new Set() };
}

/** The place as one branch of a union in it describes it. */
export function atBranch(site: Site, unionPointer: string, branch: Site): Site {
  return {
    parts: [...branch.parts, ...site.parts],
    skip: new Set([...site.skip, ...branch.skip, unionPointer]),
  };
}

/** The place with null left out. */
export function withoutNull(site: Site): Site {
  return { ...site, withoutNull: true };
}

/** The place as far as it is of one type. */
export function ofType(site: Site, onlyType: TypeName): Site {
  return { ...site, onlyType };
}

/** The place where anything is legal, for what one of the documents does not say. */
export function anything(pointer: string): Site {
  return siteOf({ value: true, pointer });
}

/** What tells one place from another in the same document. */
export function keyOf(site: Site): string {
  const places = site.parts.map(({ pointer, value }) => (value === true ? `${pointer}*` : pointer));
  const skipped = [...site.skip].map((pointer) => `-${pointer}`);
  return [places.join("&"), ...skipped, site.withoutNull ? "!" : "", site.onlyType ? `:${site.onlyType}` : ""].join("");
}
