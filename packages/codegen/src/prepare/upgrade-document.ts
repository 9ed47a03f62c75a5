import type { Kind } from "../document/document-grammar.ts";
import type { JsonObject, JsonValue } from "../document/openapi-document.ts";
import { mapDocument } from "../document/walk-document.ts";

/**
 * An OpenAPI 3.0 document as a 3.1 one. `nullable`, which many write in 3.1 documents too, is read as 3.0 meant it, and so are
 * exclusive limits that are true or false.
 */
export function upgradeDocument(document: JsonObject): JsonObject {
  const isOld = String(document.openapi).startsWith("3.0");
  const upgraded = mapDocument(document, (kind: Kind, copy) =>
    kind === "schema" ? upgradeSchema(copy, isOld) : copy,
  ) as JsonObject;
  return isOld ? { ...upgraded, openapi: "3.1.0" } : upgraded;
}

function upgradeSchema(schema: Record<string, JsonValue>, isOld: boolean): JsonValue {
  // In 3.0, nothing stands beside a reference.
  if (isOld && typeof schema.$ref === "string") return { $ref: schema.$ref };
  const { nullable, ...rest } = schema;
  const limited = withLimits(rest);
  if (nullable !== true) return limited;
  const { type, enum: values, $ref } = limited;
  const listed = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  if (typeof type === "string") return { ...limited, ...listed, type: [type, "null"] };
  if (Array.isArray(type)) return { ...limited, ...listed, type: [...new Set([...type, "null"])] };
  if (typeof $ref === "string") return { anyOf: [limited, { type: "null" }] };
  for (const kind of ["oneOf", "anyOf"] as const) {
    const branches = limited[kind];
    if (Array.isArray(branches)) return { ...limited, [kind]: [...branches, { type: "null" }] };
  }
  if (Array.isArray(limited.allOf)) {
    const { title, description, default: value, ...schemas } = limited;
    const told = Object.fromEntries(
      Object.entries({ title, description, default: value }).filter(([, one]) => one !== undefined),
    );
    return { ...told, anyOf: [schemas, { type: "null" }] } as JsonObject;
  }
  return { ...limited, ...listed };
}

function withLimits(schema: Record<string, JsonValue>): Record<string, JsonValue> {
  const result = { ...schema };
  for (const [exclusive, inclusive] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof result[exclusive] !== "boolean") continue;
    const limit = result[inclusive];
    if (result[exclusive] && limit !== undefined) {
      result[exclusive] = limit;
      delete result[inclusive];
    } else delete result[exclusive];
  }
  return result;
}
