import { emitClient } from "../emit/emit-client.ts";
import { emitContract } from "../emit/emit-contract.ts";
import { emitSchemaTypes } from "../emit/emit-schema-types.ts";
import { emitValidators } from "../emit/emit-validators.ts";
import { methodNames } from "../prepare/operation-names.ts";
import { type DocumentOptions, prepareDocument } from "../prepare/prepare-document.ts";
import type { JsonObject } from "../document/openapi-document.ts";

/** What is made, and of which document. */
export interface GenerateApiOptions extends DocumentOptions {
  /** The command that the first line of each file names. Default `npx @image-variations/codegen`. */
  readonly command?: string;
  /** How the files import each other: `.js` for compilers, `.ts` for runtimes that strip types. Default `.js`. */
  readonly importExtension?: ".js" | ".ts";
}

/** What was made of a document; nothing of it is written. */
export interface GeneratedApi {
  /** Texts by file name. The same input gives the same bytes. */
  readonly files: ReadonlyMap<string, string>;
  /** Mistakes in the document that were passed over, with their places. */
  readonly warnings: readonly string[];
  /** Operations whose body no validator can check, and why. */
  readonly withoutValidator: readonly string[];
  /** Every file that was read. */
  readonly sources: readonly string[];
}

/**
 * Makes a typed client and a validator of an OpenAPI document.
 *
 * @throws SpecError with everything that keeps it from being generated from, each with file, line and column.
 */
export async function generateApi(options: GenerateApiOptions): Promise<GeneratedApi> {
  const { command = "npx @image-variations/codegen", importExtension: extension = ".js" } = options;
  const { document, name, warnings, files: sources } = await prepareDocument(options);
  const methods = methodNames(document as unknown as JsonObject);
  const runtime = "@image-variations/client/runtime";
  const emit = { name, command, extension, runtime };
  const upload = { name: "Uploadable", from: runtime };
  const validators = emitValidators(document, emit);
  const doors = ["client", "contract", "schema", ...(validators.text === undefined ? [] : ["validation"])];
  const files = new Map([
    ["client.ts", emitClient(document, methods, emit)],
    ["contract.ts", emitContract(document, methods, emit)],
    [
      "index.ts",
      doors.map((door) => `export ${door === "schema" ? "type " : ""}* from "./${door}${extension}";\n`).join(""),
    ],
    ["schema.ts", emitSchemaTypes(document, name, upload, { command })],
    ...(validators.text === undefined ? [] : [["validation.ts", validators.text] as const]),
  ]);
  return { files, warnings, withoutValidator: validators.left, sources };
}
