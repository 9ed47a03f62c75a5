import { target } from "../target/target.ts";
import type { Violation } from "./read-violations.ts";

/** What `readViolations` must find: this one reason, at `/`-separated steps into the request; or nothing, like there. */
export function expectedViolations(location: string, code: string | number): Violation[] {
  return target.isMock ? [{ location: location.split("/"), code }] : [];
}
