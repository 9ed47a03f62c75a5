import type { EditableSpec } from "./editable-spec.ts";

/**
 * Merges documents into one, each below a path of its own, so that one mock serves all: a mock takes a second to start.
 *
 * @param specs Documents by the first segment of their paths, made of word characters only.
 */
export function mergeSpecs(specs: ReadonlyMap<string, EditableSpec>): EditableSpec {
  const [first] = specs.values();
  const { securitySchemes = {} } = first!.components;
  const merged: EditableSpec = { ...first!, paths: {}, components: { schemas: {}, securitySchemes } };
  for (const [slug, spec] of specs) {
    const { paths, components } = withReferencesTo(slug, spec);
    for (const [path, { post }] of Object.entries(paths)) {
      merged.paths[`/${slug}${path}`] = { post: { ...post, operationId: `${slug}_${post.operationId}` } };
    }
    for (const [kind, parts] of Object.entries(components)) {
      if (kind === "securitySchemes") continue;
      const renamed = Object.entries(parts).map(([name, part]) => [`${slug}_${name}`, part]);
      merged.components[kind] = { ...merged.components[kind], ...Object.fromEntries(renamed) };
    }
  }
  return merged;
}

function withReferencesTo(slug: string, spec: EditableSpec): EditableSpec {
  return JSON.parse(
    JSON.stringify(spec).replaceAll(/"(#\/components\/\w+\/)([^"]+)"/g, `"$1${slug}_$2"`),
  ) as EditableSpec;
}
