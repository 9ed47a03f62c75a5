import { isApart } from "./is-apart.ts";
import type { NormalSchema } from "./normal-schema.ts";
import type { Site } from "./site.ts";
import { valuedProperties } from "./valued-properties.ts";

/** As many pairs as are compared in a moment. Beyond them, two branches are taken to clash. */
const maximumPairs = 100_000;

/**
 * Whether two of some branches can hold for the same value, as far as it can be told.
 *
 * @param concerns Branches of which one at least is in such a pair. Default: all.
 */
export function hasClash(
  read: (site: Site) => NormalSchema,
  sites: readonly Site[],
  concerns: (site: Site) => boolean = () => true,
): boolean {
  const branches = sites.map((site) => ({ schema: read(site), concerned: concerns(site) }));
  if (
    areAllTagged(
      read,
      branches.map(({ schema }) => schema),
    )
  )
    return false;
  let pairs = 0;
  for (const [index, one] of branches.entries()) {
    for (let next = index + 1; next < branches.length; next++) {
      const other = branches[next]!;
      if (!one.concerned && !other.concerned) continue;
      if (++pairs > maximumPairs || !isApart(read, one.schema, other.schema)) return true;
    }
  }
  return false;
}

/** Whether every branch requires the same property with values of its own: seen in one look, however many there are. */
function areAllTagged(read: (site: Site) => NormalSchema, schemas: readonly NormalSchema[]): boolean {
  const [first] = schemas;
  return [...(first ? valuedProperties(read, first).keys() : [])].some((name) => {
    const seen = new Set<string>();
    return schemas.every((schema) => {
      const values = valuedProperties(read, schema).get(name);
      if (!values || !schema.required.has(name) || values.size === 0) return false;
      const isNew = [...values].every((value) => !seen.has(value));
      for (const value of values) seen.add(value);
      return isNew;
    });
  });
}
