const longest = 60;

/** Says what a value is, in few words: `the text "2"`, `null`, `an array`, `a Map`. Never longer than a line. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") {
    return `the text ${JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value)}`;
  }
  if (typeof value === "bigint") return "a bigint";
  if (typeof value === "symbol" || typeof value === "function") return `a ${typeof value}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return "an array";
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return name === "Object" ? "an object" : `of type ${name}`;
}
