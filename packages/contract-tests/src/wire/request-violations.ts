import { target } from "../target/target.ts";

/** One of the reasons that Prism gives for rejecting a request. */
export interface RequestViolation {
  readonly location: readonly string[];
  readonly code: string | number;
}

/** Why our mock rejected a request, from the header that lists its reasons; empty for other servers, which have no such header. */
export function readRequestViolations(headers: Headers): RequestViolation[] {
  if (!target.isMock) return [];
  const violations = JSON.parse(headers.get("sl-violations") ?? "[]") as RequestViolation[];
  return violations.map(({ location, code }) => ({ location, code }));
}

/** What `readRequestViolations` must find: one reason, at `/`-separated steps into the request; empty for other servers. */
export function expectedRequestViolations(location: string, code: string | number): RequestViolation[] {
  return target.isMock ? [{ location: location.split("/"), code }] : [];
}
