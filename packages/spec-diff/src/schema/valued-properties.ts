import type { NormalSchema } from "./normal-schema.ts";
import type { Site } from "./site.ts";

const known = new WeakMap<NormalSchema, ReadonlyMap<string, ReadonlySet<string>>>();

/** The properties of a schema that have listed values, such as tags, with the values' JSON. */
export function valuedProperties(
  read: (site: Site) => NormalSchema,
  schema: NormalSchema,
): ReadonlyMap<string, ReadonlySet<string>> {
  const present = known.get(schema);
  if (present) return present;
  const found = new Map<string, ReadonlySet<string>>();
  for (const [name, site] of schema.properties) {
    const { values, nullable } = read(site);
    if (values) found.set(name, new Set([...values.keys(), ...(nullable ? ["null"] : [])]));
  }
  known.set(schema, found);
  return found;
}
