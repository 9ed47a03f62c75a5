import { listOperations } from "../document/list-operations.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { capitalized } from "../prepare/operation-names.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import type { EmitOptions } from "./emit-contract.ts";
import { tableOf } from "./emit-parameter-tables.ts";
import { toSource } from "./to-source.ts";

/** The validators, and why some operations have none. */
export interface EmittedValidators {
  /** Undefined if no operation has a validator. */
  readonly text: string | undefined;
  /** A sentence for each operation whose body the validator's tables can't state. */
  readonly left: readonly string[];
}

/** A validator for each operation whose parameters are those that the validator's tables know: text, numbers, files. */
export function emitValidators(document: OpenAPIDocument, { name, command }: EmitOptions): EmittedValidators {
  const left: string[] = [];
  const parts = listOperations(document).flatMap((operation) => {
    const { request, method, path, operationId } = operation;
    if (!request || !/multipart|urlencoded|json/.test(request.mediaType)) return [];
    try {
      const table = tableOf(document, operation);
      if (table.length === 0) return [];
      const validator = `validate${capitalized(operationId)}`;
      return [
        `
/** Checks the parameters of ${comment(`${method} ${path}`)}. */
export const ${validator}: Validator = createValidator(${toSource(table)}, { inspect: inspectPng });
`,
      ];
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      left.push(
        `${method} ${path} has no validator: ${error.message.replace(/; teach it to [^;]*?(?=, or say|$)/, "")}`,
      );
      return [];
    }
  });
  if (parts.length === 0) return { text: undefined, left };
  const text = `${banner(name, command)}import { createValidator, inspectPng, type Validator } from "@image-variations/validation";
${parts.join("")}`;
  return { text, left };
}
