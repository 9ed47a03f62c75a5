export { checkServer, type CheckedRequirement, type CheckOptions, type Report } from "./conformance/check-server.ts";
export {
  documentedResponses,
  type DocumentedContent,
  type DocumentedResponse,
} from "./conformance/contract/documented-responses.ts";
export type { SchemaObject } from "./conformance/contract/schema-object.ts";
export { schemaValidator } from "./conformance/contract/schema-validator.ts";
export { violationsOfResponse } from "./conformance/contract/violations-of-response.ts";
export { violationsOfValue } from "./conformance/contract/violations-of-value.ts";
export { formatReport } from "./conformance/format-report.ts";
export { formatJunit } from "./conformance/format-junit.ts";
export { makePng, type PngOptions } from "./conformance/png/make-png.ts";
export { readPngHeader } from "./conformance/png/read-png-header.ts";
export { mostImages, otherSize, probes, type ProbeName } from "./conformance/probes.ts";
export {
  requirements,
  type Observation,
  type Observations,
  type Outcome,
  type Requirement,
} from "./conformance/requirements.ts";
export type { Probe, ProbeResponse, SendOptions } from "./conformance/send-probe.ts";
export { UncheckableServerError } from "./conformance/uncheckable-server.ts";
