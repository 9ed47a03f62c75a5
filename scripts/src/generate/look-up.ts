/**
 * The value that a reference such as `#/components/schemas/Image` leads to inside a document, or undefined.
 * `#` alone is the document.
 */
export function lookUp(document: unknown, reference: string): unknown {
  if (reference === "#") return document;
  if (!reference.startsWith("#/")) return undefined;
  let value = document;
  for (const step of reference.slice(2).split("/")) {
    if (typeof value !== "object" || value === null) return undefined;
    const key = decode(step).replaceAll("~1", "/").replaceAll("~0", "~");
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** Percent signs that encode nothing stand for themselves. */
function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
