import type { QueryStyle } from "./contract.ts";

const separators: Readonly<Record<string, string>> = { comma: ",", space: " ", pipe: "|" };

/**
 * A query as the contract wants it written, by parameter: lists repeat the name, objects give their keys, unless a style
 * says otherwise.
 */
export function writeQuery(
  query: object,
  styles: Readonly<Record<string, QueryStyle>> = {},
): Record<string, URLSearchParams> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const style = Object.hasOwn(styles, name) ? styles[name] : undefined;
      return [name, new URLSearchParams(pairsOf(name, value, style))];
    }),
  );
}

function pairsOf(name: string, value: unknown, style: QueryStyle | undefined): string[][] {
  if (typeof value !== "object" || value === null || value instanceof Date) return [[name, textOf(value)]];
  if (style && style !== "deepObject") {
    const items = Array.isArray(value) ? value : Object.entries(value).flat();
    return [[name, items.map((item) => textOf(item)).join(separators[style])]];
  }
  const keyOf = (key: string): string => (style ? `${name}[${key}]` : Array.isArray(value) ? name : key);
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  return given.map(([key, item]) => [keyOf(key), textOf(item)]);
}

/** A value as a parameter has it: text as it is, a date in ISO 8601, an object as JSON. */
export function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
