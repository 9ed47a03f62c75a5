import type { StandardSchemaV1 } from "@standard-schema/spec";

/**
 * What a Standard Schema (https://standardschema.dev) makes of a value.
 *
 * @param reject Makes the error to throw of what is wrong, a message in a line each.
 */
export async function checkWith<Value>(
  schema: StandardSchemaV1<unknown, unknown>,
  value: Value,
  reject: (message: string, issues: readonly StandardSchemaV1.Issue[]) => Error,
): Promise<Value> {
  const result = await schema["~standard"].validate(value);
  if (result.issues) throw reject(result.issues.map(toLine).join("\n"), result.issues);
  return result.value as Value;
}

/** Most schemas leave it to the path to say where an issue is; one whose message says it already is not repeated. */
function toLine({ message, path = [] }: StandardSchemaV1.Issue): string {
  const names = path.map((step) => String(typeof step === "object" ? step.key : step));
  const [first] = names;
  return first === undefined || message.split(/\W/).includes(first) ? message : `${names.join(".")}: ${message}`;
}
