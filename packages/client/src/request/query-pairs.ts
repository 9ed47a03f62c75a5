/**
 * The pairs that a query parameter is written as: a list as `name[]=1&name[]=2`, an object as `name[key]=1`, as the
 * official SDK does. What is undefined is left out, and what is written already stays as it is.
 */
export function* queryPairs(name: string, value: unknown): Generator<[name: string, text: string]> {
  if (value instanceof URLSearchParams) yield* value;
  else if (value instanceof Date) yield [name, value.toISOString()];
  else if (typeof value === "object" && value) {
    for (const [key, item] of Object.entries(value)) {
      yield* queryPairs(`${name}[${Array.isArray(value) ? "" : key}]`, item);
    }
  } else if (value !== undefined) yield [name, String(value ?? "")];
}
