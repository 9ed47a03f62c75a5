import { listOperations, type Operation } from "../document/list-operations.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";

/** A method of a client, and the operation that it calls. */
export interface ClientMethod {
  /** As `images.createVariation`. */
  readonly path: string;
  /** As `POST /images/variations`. */
  readonly name: string;
  readonly operation: Operation;
}

/** Methods and groups of methods, by their names. */
export interface MethodGroup {
  readonly methods: Map<string, ClientMethod>;
  readonly groups: Map<string, MethodGroup>;
}

/**
 * The methods of a client as a tree: `images.createVariation` is the method `createVariation` of the group `images`.
 *
 * @param methods The method of each operation.
 */
export function groupMethods(document: OpenAPIDocument, methods: ReadonlyMap<string, string>): MethodGroup {
  const root: MethodGroup = { methods: new Map(), groups: new Map() };
  for (const operation of listOperations(document)) {
    const name = `${operation.method} ${operation.path}`;
    const path = methods.get(name)!;
    const steps = path.split(".");
    const group = steps.slice(0, -1).reduce((above, step) => groupIn(above, step), root);
    group.methods.set(steps.at(-1)!, { path, name, operation });
  }
  return root;
}

function groupIn({ groups }: MethodGroup, step: string): MethodGroup {
  const group = groups.get(step) ?? { methods: new Map(), groups: new Map() };
  groups.set(step, group);
  return group;
}
