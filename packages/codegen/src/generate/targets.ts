import { emitContract } from "../emit/emit-contract.ts";
import { emitDocument } from "../emit/emit-document.ts";
import { emitJson } from "../emit/emit-json.ts";
import { emitMethodDocs } from "../emit/emit-method-docs.ts";
import { emitMethods } from "../emit/emit-methods.ts";
import { emitParameterTables } from "../emit/emit-parameter-tables.ts";
import { emitSchemaTypes } from "../emit/emit-schema-types.ts";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { renamedTypes } from "../emit/published-types.ts";
import { SpecError } from "../document/spec-error.ts";
import { methodNames } from "../prepare/operation-names.ts";

/** One generated file: where it lies, from the repository's root, and how its text is made. */
export interface Target {
  readonly output: string;
  /** The overlay that makes a dialect of the spec before it is emitted, from the repository's root. */
  readonly overlay?: string;
  readonly emit: (document: OpenAPIDocument, specName: string) => string;
}

/** Where the client has what its own contract and methods need of its runtime. */
const clientRuntime = {
  APIPromise: "../response/api-promise.ts",
  Contract: "../request/contract.ts",
  encodeBytes: "../request/encode-bytes.ts",
  encodeForm: "../request/encode-form.ts",
  encodeJson: "../request/encode-json.ts",
  encodeMultipart: "../uploads/encode-multipart.ts",
  Method: "../runtime/method-types.ts",
  parseContent: "../response/parse-content.ts",
  RequestOptions: "../options/request-options.ts",
  writeParameters: "../request/write-parameters.ts",
};

/**
 * The method of each operation in our own client.
 *
 * @throws SpecError if the method that the packages' hand-written code calls is missing.
 */
function methodsOf(document: OpenAPIDocument): ReadonlyMap<string, string> {
  const methods = methodNames(document as unknown as JsonObject);
  const got = methods.get("POST /images/variations");
  if (got === "images.createVariation") return methods;
  throw new SpecError(
    `POST /images/variations: x-client-method must be images.createVariation, which the packages call, got ${got}.`,
  );
}

const serverOverlay = "specs/overlays/server.overlay.yaml";

/** Everything that follows from the spec. */
export const targets: readonly Target[] = [
  { output: "specs/image-variations.json", emit: emitJson },
  { output: "specs/src/generated/document.ts", emit: emitDocument },
  { output: "packages/codegen/src/generated/document.ts", emit: emitDocument },
  {
    output: "packages/client/src/generated/schema.ts",
    emit: (document, specName) =>
      emitSchemaTypes(
        document,
        specName,
        { name: "Uploadable", from: "../uploads/uploadable.ts" },
        { aliases: renamedTypes(document) },
      ),
  },
  {
    output: "packages/client/src/generated/contract.ts",
    emit: (document, name) =>
      emitContract(document, methodsOf(document), {
        name,
        command: "pnpm generate",
        extension: ".ts",
        runtime: clientRuntime,
      }),
  },
  {
    output: "packages/client/src/generated/methods.ts",
    emit: (document, name) =>
      emitMethods(document, methodsOf(document), name, { aliases: renamedTypes(document), runtime: clientRuntime }),
  },
  {
    output: "packages/client/docs/methods.md",
    emit: (document, name) => emitMethodDocs(document, methodsOf(document), name),
  },
  {
    output: "packages/validation/src/generated/schema.ts",
    emit: (document, specName) =>
      emitSchemaTypes(
        document,
        specName,
        { name: "ImageSource", from: "../sources/image-source.ts" },
        { aliases: renamedTypes(document) },
      ),
  },
  { output: "packages/validation/src/generated/parameter-tables.ts", emit: (...spec) => emitParameterTables(...spec) },
  {
    output: "packages/backends/src/generated/parameter-tables.ts",
    emit: (...spec) => emitParameterTables(...spec, "../variations/parameter-table.ts"),
  },
  {
    output: "packages/server/src/generated/parameter-tables.ts",
    overlay: serverOverlay,
    emit: (...spec) => emitParameterTables(...spec, "@image-variations/validation"),
  },
  {
    output: "packages/cli/src/generated/parameter-tables.ts",
    overlay: serverOverlay,
    emit: (...spec) => emitParameterTables(...spec, "@image-variations/validation"),
  },
  { output: "packages/server/src/generated/document.ts", overlay: serverOverlay, emit: emitDocument },
];
