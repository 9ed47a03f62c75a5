/** Headers in any of the forms that callers have them in. `null` removes a header that an earlier source set. */
export type HeadersLike =
  | Headers
  | readonly (readonly [name: string, value: string | null])[]
  | Readonly<Record<string, string | null | undefined>>;

/** Merges headers, by their names in lower case; what comes later wins. */
export function mergeHeaders(...sources: readonly (HeadersLike | null | undefined)[]): Map<string, string> {
  const merged = new Map<string, string>();
  for (const source of sources) {
    if (!source) continue;
    for (const [key, value] of Symbol.iterator in source ? source : Object.entries(source)) {
      const name = key.toLowerCase();
      if (value === null) merged.delete(name);
      else if (value !== undefined) merged.set(name, value);
    }
  }
  return merged;
}
