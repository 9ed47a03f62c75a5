import type { JsonValue } from "@image-variations/codegen/document";
import type { Part } from "./part.ts";
import type { Site } from "./site.ts";
import type { TypeName } from "./type-names.ts";

/** Alternatives, of which one (`oneOf`) or some (`anyOf`) hold. */
export interface Union {
  readonly kind: "oneOf" | "anyOf";
  readonly pointer: string;
  readonly branches: readonly Site[];
}

/** A limit and where it is written. */
export interface Bound {
  readonly value: number;
  readonly exclusive: boolean;
  readonly pointer: string;
}

/**
 * What a schema says, in one way of saying it: references followed, `allOf` merged, null apart from the other types,
 * `const` as an enum of one, a union of one branch as that branch.
 */
export interface NormalSchema {
  /** Where a reader would look: the schema itself, not the reference to it. */
  readonly pointer: string;
  /** Undefined where any type is legal. Empty if nothing is. */
  readonly types: ReadonlySet<TypeName> | undefined;
  readonly nullable: boolean;
  /** The legal values other than null, by their JSON. */
  readonly values: ReadonlyMap<string, Part> | undefined;
  /** `maximum`, `minLength` and the like, by keyword. */
  readonly bounds: ReadonlyMap<string, Bound>;
  /** Keywords that are compared as they stand: `pattern`, `format`, `contentEncoding`, … */
  readonly assertions: ReadonlyMap<string, Part>;
  /** Keywords that are only compared for being equal: `not`, `if`, … */
  readonly conditions: ReadonlyMap<string, Part>;
  readonly properties: ReadonlyMap<string, Site>;
  readonly required: ReadonlyMap<string, Part>;
  readonly patternProperties: ReadonlyMap<string, Site>;
  /** Undefined if nothing is said of other properties. */
  readonly additional: Site | false | undefined;
  readonly propertyNames: Site | undefined;
  readonly items: Site | undefined;
  readonly prefixItems: readonly Site[];
  readonly contains: Site | undefined;
  readonly unions: readonly Union[];
  readonly discriminator: Part | undefined;
  /** What is said beside the values: default, description, examples, extensions. */
  readonly annotations: ReadonlyMap<string, Part>;
}

/** Keywords of limits from below; the others limit from above. */
export function isLowerBound(keyword: string): boolean {
  return keyword.startsWith("min");
}

/** A value as text that equal values share. */
export function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
