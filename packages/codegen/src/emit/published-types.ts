import type { JsonValue, OpenAPIDocument } from "../document/openapi-document.ts";
import { lookUp } from "../document/look-up.ts";
import { SpecError } from "../document/spec-error.ts";

const operation = ["paths", "/images/variations", "post"];
const json = ["content", "application/json", "schema"];
const parameters = [...operation, "requestBody", "content", "multipart/form-data", "schema"];
const response = [...operation, "responses", "200", ...json];
const error = [...operation, "responses", "400", ...json];
const usage = [...response, "properties", "usage"];

/**
 * The types that the packages publish, under the names that the official SDK has for them, and where the contract has
 * each. Their names are part of the contract; how the spec calls its schemas is not, so a schema can be renamed.
 */
const publishedTypes: Readonly<Record<string, readonly string[]>> = {
  ImageCreateVariationParams: parameters,
  ImageModel: [...parameters, "properties", "model", "anyOf", "*"],
  ImagesResponse: response,
  Image: [...response, "properties", "data", "items"],
  Usage: usage,
  InputTokensDetails: [...usage, "properties", "input_tokens_details"],
  OutputTokensDetails: [...usage, "properties", "output_tokens_details"],
  ErrorResponse: error,
  ErrorObject: [...error, "properties", "error"],
};

/**
 * The published names that no schema has, and the schema that stands for each.
 *
 * @throws SpecError if a type is published and no schema stands where the contract had it.
 */
export function renamedTypes(document: OpenAPIDocument): ReadonlyMap<string, string> {
  const { schemas = {} } = document.components ?? {};
  const renamed = Object.entries(publishedTypes).filter(([name]) => !Object.hasOwn(schemas, name));
  return new Map(
    renamed.map(([name, path]) => {
      const schema = schemaNameAt(document, path);
      if (schema !== undefined) return [name, schema];
      throw new SpecError(
        `components.schemas: the packages publish a type ${name}, and the spec has neither a schema of that name nor a ` +
          `$ref to another one at ${path.join(".")}; keep one of them.`,
      );
    }),
  );
}

/** The name of the schema that a place refers to. `*` is the first item that refers to one. */
function schemaNameAt(document: OpenAPIDocument, path: readonly string[]): string | undefined {
  let value: unknown = document;
  for (const step of path) {
    value = followed(document, value);
    if (typeof value !== "object" || value === null) return undefined;
    value = step === "*" ? Object.values(value).find((item) => referenceOf(item)) : own(value, step);
  }
  return /^#\/components\/schemas\/([^/]+)$/.exec(referenceOf(value) ?? "")?.[1];
}

function followed(document: OpenAPIDocument, value: unknown): unknown {
  let target = value;
  for (let reference = referenceOf(target); reference !== undefined; reference = referenceOf(target)) {
    target = lookUp(document, reference);
  }
  return target;
}

function referenceOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { $ref } = value as { readonly $ref?: JsonValue };
  return typeof $ref === "string" ? $ref : undefined;
}

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
