import { document } from "@image-variations/spec";
import { resolveReference } from "./resolve-reference.ts";
import type { SchemaObject } from "./schema-object.ts";

const path = "/images/variations";
const { content } = document.paths[path].post.requestBody;

/** What the requests of the check are made from. */
interface Operation {
  /** On the wire, in capitals. */
  readonly method: string;
  /** From the version prefix on. */
  readonly path: string;
  /** The schema of each parameter. */
  readonly properties: Readonly<Record<string, SchemaObject>>;
}

/** The operation that is checked, as the contract describes it. */
export const operation: Operation = {
  method: "POST",
  path,
  properties: resolveReference<SchemaObject>(content["multipart/form-data"].schema).properties ?? {},
};

/**
 * The schema of a parameter.
 *
 * @throws Error if the contract has no such parameter.
 */
export function schemaOf(parameter: string): SchemaObject {
  const schema = operation.properties[parameter];
  if (!schema) throw new Error(`The contract has no parameter ${parameter}.`);
  return schema;
}
