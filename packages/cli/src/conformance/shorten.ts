const longest = 100;

/** A value as JSON, on one line that a person reads to its end. */
export function shorten(value: unknown): string {
  const text = toText(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function toText(value: unknown): string {
  // An image that was sent as text, for example: only its beginning is shown.
  if (typeof value === "string") return JSON.stringify(value.slice(0, longest + 1));
  try {
    return JSON.stringify(value) ?? "missing";
  } catch {
    return "JSON that is nested too deep to print";
  }
}
