import { violationsOfResponse } from "image-variations/conformance";
import { readRequestViolations, type RequestViolation } from "./request-violations.ts";

/** What a server made of a request, and whether its response keeps to the spec. */
export interface Verdict {
  readonly status: number;
  /** How the response violates the spec. */
  readonly responseViolations: readonly string[];
  /** How the request violates the spec, as the mock reports it. */
  readonly requestViolations: readonly RequestViolation[];
}

/** Reads a JSON response to its end, and compares it with the spec. */
export async function readVerdict(response: Response): Promise<Verdict> {
  return {
    status: response.status,
    responseViolations: violationsOfResponse(response, await response.json()),
    requestViolations: readRequestViolations(response.headers),
  };
}
