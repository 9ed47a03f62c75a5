import { violationsOfResponse } from "image-variations/conformance";
import { readViolations, type Violation } from "./read-violations.ts";

/** What a server made of a request, and whether it said so as the spec says. */
export interface Verdict {
  readonly status: number;
  /** How the answer departs from the spec. */
  readonly problems: readonly string[];
  readonly violations: readonly Violation[];
}

/** Reads an answer in JSON to its end, and judges it. */
export async function readVerdict(response: Response): Promise<Verdict> {
  return {
    status: response.status,
    problems: violationsOfResponse(response, await response.json()),
    violations: readViolations(response.headers),
  };
}
