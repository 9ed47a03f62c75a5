import { stringify } from "yaml";
import { isObject, type JsonValue } from "@image-variations/codegen/document";
import { isAnnotation } from "../schema/normalise-schema.ts";
import type { NamedSource } from "../sources/read-source.ts";
import { sliceOperation } from "./slice-operation.ts";

/** Keys that only tell, and are left out. */
const descriptions: ReadonlySet<string> = new Set(
  "title summary description example examples externalDocs tags".split(" "),
);

/** Where keys are names of the author's, and not descriptions of OpenAPI. */
const named: ReadonlySet<string> = new Set(
  "properties patternProperties schemas headers parameters responses".split(" "),
);

/** The official document's slice as YAML, without its prose, so that a diff of two days shows what changed there. */
export function sliceText({ spec }: NamedSource): string {
  const banner = "# Cut out of the official OpenAPI document by pnpm spec:upstream --write. Do not edit.\n";
  return (
    banner + stringify(withoutWords(sliceOperation(spec).document), { aliasDuplicateObjects: false, lineWidth: 0 })
  );
}

/** @param areNames Whether the keys are names of the author's. */
function withoutWords(value: JsonValue, areNames = false): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withoutWords(item));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name]) => areNames || !(descriptions.has(name) || (name.startsWith("x-") && isAnnotation(name))),
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutWords(item, !areNames && named.has(name))]));
}
