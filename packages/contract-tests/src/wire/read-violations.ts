/** One of the reasons that Prism gives for a refusal. */
export interface Violation {
  readonly location: readonly string[];
  readonly code: string | number;
}

/** Why Prism refused a request, from the header that it says it in. Empty where it did not, or where the server is not Prism. */
export function readViolations(headers: Headers): Violation[] {
  const violations = JSON.parse(headers.get("sl-violations") ?? "[]") as Violation[];
  return violations.map(({ location, code }) => ({ location, code }));
}
