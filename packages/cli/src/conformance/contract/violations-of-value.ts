import { schemaValidator } from "./schema-validator.ts";

/** What a schema of the contract has against a value, as `/path must be …`. Empty if it has nothing against it. */
export function violationsOfValue(schema: object, value: unknown): string[] {
  const validate = schemaValidator(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
