const longest = 100;

/** A value as JSON, on one line that a person reads to its end. */
export function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
