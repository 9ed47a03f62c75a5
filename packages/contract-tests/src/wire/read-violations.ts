import { target } from "../target/target.ts";

/** One of the reasons that Prism gives for a refusal. */
export interface Violation {
  readonly location: readonly string[];
  readonly code: string | number;
}

/** Why our mock refused a request, from the header that it says it in. Other servers are asked for no such reasons. */
export function readViolations(headers: Headers): Violation[] {
  if (!target.isMock) return [];
  const violations = JSON.parse(headers.get("sl-violations") ?? "[]") as Violation[];
  return violations.map(({ location, code }) => ({ location, code }));
}
