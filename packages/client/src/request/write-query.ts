import type { QueryPair, QueryStyle } from "./contract.ts";

const separators: Readonly<Record<string, string>> = { comma: ",", space: " ", pipe: "|" };

/**
 * A query as the contract wants it written, by parameter: lists repeat the name, objects give their keys, unless a style
 * says otherwise.
 */
export function writeQuery(
  query: object | undefined,
  styles: Readonly<Record<string, QueryStyle>> = {},
): Map<string, readonly QueryPair[]> {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return new Map(
    entries.map(([name, value]) => [
      name,
      pairsOf(name, value, Object.hasOwn(styles, name) ? styles[name] : undefined),
    ]),
  );
}

function pairsOf(name: string, value: unknown, style: QueryStyle | undefined): QueryPair[] {
  if (typeof value !== "object" || value === null || value instanceof Date) return [[name, textOf(value)]];
  if (style && style !== "deepObject") {
    const items = Array.isArray(value) ? value : Object.entries(value).flat();
    return [[name, items.map((item) => textOf(item)).join(separators[style])]];
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.map(([key, item]) => [style ? `${name}[${key}]` : Array.isArray(value) ? name : key, textOf(item)]);
}

/** A value as a parameter has it: text as it is, a date in ISO 8601, an object as JSON. */
export function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
