export type { ErrorObject, ErrorResponse } from "./generated/schema.ts";
export { toErrorEnvelope } from "./to-error-envelope.ts";
