import type { JsonValue } from "@image-variations/codegen/document";
import { listPaths, shapeOf, type OperationEntry } from "../contract/list-operations.ts";
import { child } from "../schema/part.ts";
import { isSame } from "../schema/is-same.ts";
import type { Spec } from "../schema/spec.ts";
import { createTargetComparer } from "../sources/changed-targets.ts";
import { type Reference, referencesIn } from "@image-variations/codegen/document";

/** The same operation in both documents. */
export interface OperationPair {
  readonly before: OperationEntry;
  readonly after: OperationEntry;
}

/** What became of the operations: those that differ in a word or in what they refer to, and those that came or went. */
export interface ChangedOperations {
  readonly changed: readonly OperationPair[];
  readonly added: readonly OperationEntry[];
  readonly removed: readonly OperationEntry[];
}

/** Sorts the operations of two documents. */
export function changedOperations(base: Spec, head: Spec): ChangedOperations {
  const [old, now] = [operationsOf(base), operationsOf(head)];
  const pairs = [...old].flatMap(([key, before]) => {
    const after = now.get(key);
    return after ? [{ before, after }] : [];
  });
  const changedTargets = createTargetComparer(base, head);
  return {
    changed: pairs.filter(({ before, after }) => {
      const [one, other] = [before, after].map(wordsOf) as [Words, Words];
      return !sameWords(one, other) || changedTargets(referencesOf(one));
    }),
    added: [...now].filter(([key]) => !old.has(key)).map(([, operation]) => operation),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, operation]) => operation),
  };
}

/** What an operation says itself, without what it refers to. */
interface Words {
  readonly parameters: JsonValue;
  readonly operation: JsonValue;
}

function wordsOf({ item, operation }: OperationEntry): Words {
  return { parameters: child(item, "parameters")?.value ?? [], operation: operation.value };
}

function sameWords(one: Words, other: Words): boolean {
  return isSame(one.parameters, other.parameters) && isSame(one.operation, other.operation);
}

function referencesOf({ parameters, operation }: Words): Reference[] {
  return [...referencesIn(parameters, "parameterList"), ...referencesIn(operation, "operation")];
}

function operationsOf({ document, side, label, version }: Spec): Map<string, OperationEntry> {
  const spec = { document, side, label, version };
  const paths = listPaths(spec, child({ value: document, pointer: "" }, "paths"));
  return new Map(
    [...paths].flatMap(([path, { operations }]) =>
      [...operations].map(([method, operation]): [string, OperationEntry] => [`${method} ${shapeOf(path)}`, operation]),
    ),
  );
}
