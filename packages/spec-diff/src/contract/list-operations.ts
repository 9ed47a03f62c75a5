import { httpMethods } from "@image-variations/codegen/document";
import { child, children, resolved, type Part } from "../schema/part.ts";
import type { Spec } from "../schema/spec.ts";

/** An operation, where it stands and how it is called. */
export interface OperationEntry {
  /** As `POST /images/variations`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly item: Part;
  readonly operation: Part;
}

/** A path and what can be done there. */
export interface PathEntry {
  readonly path: string;
  readonly item: Part;
  readonly operations: ReadonlyMap<string, OperationEntry>;
}

/** The paths of a document, its webhooks, or the callbacks of an operation, by path. */
export function listPaths(spec: Spec, paths: Part | undefined): Map<string, PathEntry> {
  const entries = children(paths)
    .filter(([path]) => !path.startsWith("x-"))
    .map(([path, reference]): [string, PathEntry] => {
      const item = resolved(spec, reference);
      const operations = httpMethods.flatMap((method): [string, OperationEntry][] => {
        const operation = child(item, method);
        return operation ? [[method, { name: `${method.toUpperCase()} ${path}`, method, path, item, operation }]] : [];
      });
      return [path, { path, item, operations: new Map(operations) }];
    });
  return new Map(entries);
}

/** A path with its placeholders' names taken out: what the wire knows of it. */
export function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}

/** The names of a path's placeholders, in order. */
export function placeholders(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!);
}
