import { readFileSync } from "node:fs";
import { parse } from "yaml";

const before = readFileSync(new URL("contract-before.yaml", import.meta.url), "utf8");

/** A schema whose keywords can be changed. */
export interface EditableSchema {
  type?: string | string[];
  required?: string[];
  properties?: Record<string, EditableSchema>;
  items?: EditableSchema;
  enum?: (string | null)[];
  maximum?: number;
  "x-image-limits"?: {
    square: boolean;
    exclusiveMaximumBytes: number;
    warningFromBytes?: number;
    mediaTypes: string[];
  };
  readonly [keyword: string]: unknown;
}

/** An operation whose responses can be changed. */
export interface EditableOperation {
  operationId: string;
  responses: Record<string, unknown>;
  readonly [field: string]: unknown;
}

/** The parts of the spec that the changes touch, free to be changed. */
export interface EditableSpec {
  openapi: string;
  info: object;
  security: object[];
  paths: Record<string, { post: EditableOperation }>;
  components: { schemas: Record<string, EditableSchema>; [kind: string]: Record<string, unknown> };
}

/** A copy of the spec that the changes start from. */
export function copyOfSpec(): EditableSpec {
  return parse(before) as EditableSpec;
}

/** The parameters of the operation. */
export function parametersOf(spec: EditableSpec): Required<Pick<EditableSchema, "properties" | "required">> {
  return propertiesOf(spec, "ImageCreateVariationParams");
}

/** The fields of the response. */
export function fieldsOf(spec: EditableSpec): Required<Pick<EditableSchema, "properties" | "required">> {
  return propertiesOf(spec, "ImagesResponse");
}

function propertiesOf(spec: EditableSpec, name: string): Required<Pick<EditableSchema, "properties" | "required">> {
  return spec.components.schemas[name] as Required<EditableSchema>;
}

/** The body that the mock sends unless a request prefers another. */
export function firstExampleOf(spec: EditableSpec): Record<string, unknown> {
  const { responses } = spec.paths["/images/variations"]!.post as unknown as {
    responses: Record<"200", EditableResponse>;
  };
  return Object.values(responses["200"].content["application/json"].examples)[0]!.value;
}

interface EditableResponse {
  readonly content: Record<"application/json", { examples: Record<string, { value: Record<string, unknown> }> }>;
}
