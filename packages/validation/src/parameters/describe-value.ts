const longest = 99;

/**
 * Says what a value is, in a few words and never more than a line: `"2"`, `null`, `object Map`, `2n`. Never throws, and
 * takes no longer for a value that is larger.
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, longest));
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? `${value}n` : "a large bigint";
  try {
    return (Object(value) === value ? Object.prototype.toString.call(value).slice(1, -1) : String(value)).slice(
      0,
      longest,
    );
  } catch {
    // A proxy that has been revoked, or a getter that throws.
    return typeof value;
  }
}
