import { child } from "../schema/part.ts";
import type { Spec } from "../schema/spec.ts";
import { sliceDocument } from "@image-variations/codegen/document";
import { SourceError } from "../sources/source-error.ts";

/** The operation that is watched. */
const watched = { path: "/images/variations", method: "post" };

/**
 * The document of the one operation, without what the whole document says of itself.
 *
 * @throws SourceError if there is no such operation.
 */
export function sliceOperation(spec: Spec): Spec {
  const item = child(child({ value: spec.document, pointer: "" }, "paths")!, watched.path);
  if (!item || !child(item, watched.method)) {
    throw new SourceError(
      `${spec.locate?.(["paths"]) ?? spec.label}: the document has no POST ${watched.path}; name the official OpenAPI document, or one like it.`,
    );
  }
  const { openapi, servers, security, paths, components } = sliceDocument(spec.document, [watched]);
  return {
    ...spec,
    document: {
      openapi: openapi!,
      servers: servers ?? [],
      security: security ?? [],
      paths: paths!,
      components: components!,
    },
  };
}
