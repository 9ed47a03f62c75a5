import type { JsonValue } from "@image-variations/codegen/document";
import type { NormalSchema } from "./normal-schema.ts";

/** A value as a sentence quotes it: JSON, and never long. */
export function quote(value: JsonValue | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** A few words for several. */
export function listed(words: readonly string[], conjunction = "or"): string {
  if (words.length === 0) return "nothing";
  if (words.length === 1) return words[0]!;
  const shown = words.length > 8 ? [...words.slice(0, 7), `${words.length - 7} more`] : words;
  return `${shown.slice(0, -1).join(", ")} ${conjunction} ${shown.at(-1)}`;
}

/** What a schema is of, in a word or a few. */
export function describeSchema({ types, values, pointer, nullable }: NormalSchema): string {
  const name = /^\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1];
  if (name) return name;
  if (values) return listed([...values.values()].map(({ value }) => quote(value)));
  return describeTypes(types, nullable);
}

/** The names of types, as a sentence uses them. */
export function describeTypes(types: Iterable<string> | undefined, nullable = false): string {
  if (!types) return "any value";
  return listed([...types, ...(nullable ? ["null"] : [])].map((type) => withArticle(type)));
}

function withArticle(type: string): string {
  if (type === "null") return type;
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}
