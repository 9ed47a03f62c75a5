import type { QueryStyle } from "./contract.ts";

const separators: Readonly<Record<string, string>> = { comma: ",", space: " ", pipe: "|" };

/** A query as the contract wants it written: lists repeat the name, objects give their keys, unless a style says otherwise. */
export function* writeQuery(
  query: object | undefined,
  styles: Readonly<Record<string, QueryStyle>> = {},
): Generator<[name: string, text: string]> {
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    const style = Object.hasOwn(styles, name) ? styles[name] : undefined;
    if (typeof value !== "object" || value === null || value instanceof Date) yield [name, textOf(value)];
    else if (style === "deepObject") {
      for (const [key, item] of Object.entries(value)) if (item !== undefined) yield [`${name}[${key}]`, textOf(item)];
    } else if (style) {
      const items = Array.isArray(value) ? value : Object.entries(value).flat();
      yield [name, items.map((item) => textOf(item)).join(separators[style])];
    } else if (Array.isArray(value)) for (const item of value) yield [name, textOf(item)];
    else for (const [key, item] of Object.entries(value)) if (item !== undefined) yield [key, textOf(item)];
  }
}

/** A value as a parameter has it: text as it is, a date in ISO 8601, an object as JSON. */
export function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
