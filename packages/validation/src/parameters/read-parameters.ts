/** What a caller passes as parameters, with each of its properties read once. */
export interface ReadParameters {
  readonly source: unknown;
  /** Undefined unless it is an object with properties. */
  readonly values: Map<string, unknown> | undefined;
}

/** Reads what a caller passes. Never throws: the value of a property that can't be read is a symbol that says so. */
export function readParameters(source: unknown): ReadParameters {
  const read = (name: string): unknown => {
    try {
      return (source as { readonly [name: string]: unknown })[name];
    } catch {
      return Symbol("unreadable");
    }
  };
  try {
    const isObject = typeof source === "object" && source !== null && !Array.isArray(source);
    return { source, values: isObject ? new Map(Object.keys(source).map((name) => [name, read(name)])) : undefined };
  } catch {
    return { source, values: undefined };
  }
}
