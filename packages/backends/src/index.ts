export type { Backend, BackendCapabilities, BackendImage, BackendProgress, VariationRequest } from "./backend.ts";
export { BackendError, type BackendErrorOptions } from "./backend-error.ts";
