/** Says what a value is, in a few words and never more than a line: `"2"`, `null`, `an Array`, `2n`. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 99));
  if (typeof value === "bigint") return `${value}n`;
  const type = Object.prototype.toString.call(value).slice(8, -1);
  return value && typeof value === "object" ? `of type ${type}` : String(value).slice(0, 99);
}
