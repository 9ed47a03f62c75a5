/** Whether something is wrong, or only worth knowing. */
export type Severity = "error" | "warning";

/** The limit, the values, or the kind of value that would be valid. */
export type Allowed = string | number | readonly (string | number)[];

const longest = 99;

/**
 * Describes a value in at most a line: `"2"`, `null`, `object Map`, `2n`. Never throws, and takes no longer for a larger
 * value.
 */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, longest));
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? `${value}n` : "a large bigint";
  try {
    const text = Object(value) === value ? Object.prototype.toString.call(value).slice(1, -1) : String(value);
    return text.slice(0, longest);
  } catch {
    // A proxy that has been revoked, or a getter that throws.
    return typeof value;
  }
}

/** Lists what is allowed: `256x256, 512x512 or 1024x1024`. */
export function describeAllowed(allowed: Allowed): string {
  const things = [allowed].flat();
  const last = String(things.pop());
  return things.length > 0 ? `${things.join(", ")} or ${last}` : last;
}

/** A number of things: `1 byte`, `2 bytes`. */
export function count(amount: number | string, thing: string): string {
  return `${amount} ${thing}${Number(amount) === 1 ? "" : "s"}`;
}

/** Fills in a sentence: each `{word}` is the fact of that name, and `{word byte}` a fact that is a number of bytes. */
export function fillIn(sentence: string, facts: object): string {
  const values = facts as { readonly [name: string]: string | number };
  return sentence.replaceAll(/\{(\w+) ?(\w*)\}/g, (_, name: string, thing: string) => {
    const value = String(values[name]);
    return thing ? count(value, thing) : value;
  });
}

/** The sentence of most issues, after a name: `n must be at most 10, not 15.` */
export const mustBe = " must be {allowed}, not {received}.";

/** The sentence of an invalid argument. */
export function describeInvalid(name: string, value: unknown, allowed: Allowed): string {
  return fillIn(name + mustBe, { allowed: describeAllowed(allowed), received: describeValue(value) });
}
