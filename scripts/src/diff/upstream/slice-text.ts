import { stringify } from "yaml";
import type { NamedSource } from "../sources/read-source.ts";
import { sliceOperation } from "./slice-operation.ts";

/** The official document's slice as YAML, so that a diff of two days shows what changed there. */
export function sliceText({ spec }: NamedSource): string {
  const banner = "# Cut out of the official OpenAPI document by pnpm spec:upstream --write. Do not edit.\n";
  return banner + stringify(sliceOperation(spec).document, { aliasDuplicateObjects: false, lineWidth: 0 });
}
