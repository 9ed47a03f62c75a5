/** Says what a value is, in a few words and never more than a line: `"2"`, `null`, `object Map`, `2n`. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 99));
  if (typeof value === "bigint") return `${value}n`;
  return Object(value) === value ? Object.prototype.toString.call(value).slice(1, -1) : String(value);
}
