import type { StandardSchemaV1 } from "@standard-schema/spec";

/**
 * What a Standard Schema (https://standardschema.dev) makes of a value.
 *
 * @param refuse Makes the error to throw of what is wrong, a message in a line each.
 */
export async function checkWith<Value>(
  schema: StandardSchemaV1<unknown, unknown> | undefined,
  value: Value,
  refuse: (message: string, issues: readonly StandardSchemaV1.Issue[]) => Error,
): Promise<Value> {
  if (!schema) return value;
  const result = await schema["~standard"].validate(value);
  if (result.issues) throw refuse(result.issues.map(({ message }) => message).join("\n"), result.issues);
  return result.value as Value;
}
