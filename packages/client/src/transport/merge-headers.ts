import { checkHeaderText } from "./check-header-text.ts";
import { OpenAIError } from "../errors/openai-error.ts";

/** A header's value, or several; `null` removes a header that an earlier source set. */
export type HeaderValue = string | null | undefined | readonly (string | null | undefined)[];

/** Headers in any of the forms that callers have them in. */
export type HeadersLike =
  | Headers
  | readonly (readonly [name: string, value: HeaderValue])[]
  | readonly (readonly string[])[]
  | Readonly<Record<string, HeaderValue>>;

/**
 * Merges headers, by their names in lower case; what comes later wins. A name that occurs more than once in a list has
 * all its values.
 *
 * @throws OpenAIError if a name or a value can't be sent, without showing the value.
 */
export function mergeHeaders(...sources: readonly (HeadersLike | null | undefined)[]): Map<string, string> {
  const merged = new Map<string, string>();
  for (const source of sources) {
    if (!source) continue;
    const isList = Symbol.iterator in source;
    const own = new Set<string>();
    for (const [key, values] of (isList ? source : Object.entries(source)) as Iterable<[string, HeaderValue]>) {
      const name = String(key).toLowerCase();
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new OpenAIError(`Invalid header name: ${JSON.stringify(key)}.`);
      if (!isList) own.delete(name);
      for (const value of Array.isArray(values) ? values : [values]) {
        if (value === undefined) continue;
        if (value === null) {
          merged.delete(name);
          continue;
        }
        const text = checkHeaderText(`The header ${name}`, value);
        merged.set(name, own.has(name) ? `${merged.get(name)}, ${text}` : text);
        own.add(name);
      }
    }
  }
  return merged;
}
