/** The sentence of every problem and finding: `n is 15, and must be 10 or less.` */
export function sentence(subject: string, received: unknown, allowed: unknown): string {
  return `${subject} is ${received}, and must be ${alternatives(allowed)}.`;
}

/** What may be, in words: `url or b64_json`. */
export function alternatives(allowed: unknown): string {
  return [allowed].flat().join(" or ");
}
