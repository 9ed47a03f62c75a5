import { emitDocument } from "../emit/emit-document.ts";
import { emitJson } from "../emit/emit-json.ts";
import { emitOperations } from "../emit/emit-operations.ts";
import { emitParameterTables } from "../emit/emit-parameter-tables.ts";
import { emitSchemaTypes } from "../emit/emit-schema-types.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { renamedTypes } from "../emit/published-types.ts";

/** One generated file: where it lies, from the repository's root, and how its text is made. */
export interface Target {
  readonly output: string;
  /** The overlay that makes a dialect of the spec before it is emitted, from the repository's root. */
  readonly overlay?: string;
  readonly emit: (document: OpenAPIDocument, specName: string) => string;
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
  { output: "packages/client/src/generated/operations.ts", emit: emitOperations },
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
