import type { NormalSchema } from "./normal-schema.ts";

/** How likely two branches, which no name tells, are the same one before and after: 0 where they can't be, at most 1.1. */
export function similarity(a: NormalSchema, b: NormalSchema): number {
  if (a.types && b.types && ![...a.types].some((type) => b.types!.has(type))) return 0;
  if (a.values && b.values) return 0.1 + share([...a.values.keys()], [...b.values.keys()]);
  if (a.properties.size === 0 && b.properties.size === 0) return a.types && b.types ? 1 : 0.5;
  const alike = share([...a.properties.keys()], [...b.properties.keys()]);
  return alike < 0.3 ? 0 : alike;
}

/** What two lists have in common, of all that is in either. */
function share(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]);
  return all.size === 0 ? 1 : a.filter((item) => b.includes(item)).length / all.size;
}
