import { listOperations, type Operation } from "@image-variations/codegen/document";
import { document } from "@image-variations/spec";

/** The operation that the suite tests, as the spec describes it. */
export const operation: Operation = listOperations(document).find(
  ({ operationId }) => operationId === document.paths["/images/variations"].post.operationId,
)!;
