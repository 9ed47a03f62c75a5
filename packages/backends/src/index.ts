export type {
  Backend,
  BackendCapabilities,
  BackendImage,
  BackendProgress,
  ImageFile,
  JobCounts,
  VariationRequest,
} from "./backend.ts";
export { BackendError, type BackendErrorOptions } from "./backend-error.ts";
