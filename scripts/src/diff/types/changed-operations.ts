import type { JsonValue } from "../../generate/openapi-document.ts";
import { listPaths, shapeOf, type Call } from "../contract/list-calls.ts";
import { child } from "../schema/part.ts";
import { isSame } from "../schema/is-same.ts";
import type { Spec } from "../schema/spec.ts";
import { createTargetComparer } from "../sources/changed-targets.ts";
import { referencesIn, type Reference } from "../sources/slice-document.ts";

/** The same operation in both documents. */
export interface CallPair {
  readonly before: Call;
  readonly after: Call;
}

/** What became of the operations: those that differ in a word or in what they refer to, and those that came or went. */
export interface ChangedOperations {
  readonly changed: readonly CallPair[];
  readonly added: readonly Call[];
  readonly removed: readonly Call[];
}

/** Sorts the operations of two documents. */
export function changedOperations(base: Spec, head: Spec): ChangedOperations {
  const [old, now] = [callsOf(base), callsOf(head)];
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
    added: [...now].filter(([key]) => !old.has(key)).map(([, call]) => call),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, call]) => call),
  };
}

/** What a call says itself, without what it refers to. */
interface Words {
  readonly parameters: JsonValue;
  readonly operation: JsonValue;
}

function wordsOf({ item, operation }: Call): Words {
  return { parameters: child(item, "parameters")?.value ?? [], operation: operation.value };
}

function sameWords(one: Words, other: Words): boolean {
  return isSame(one.parameters, other.parameters) && isSame(one.operation, other.operation);
}

function referencesOf({ parameters, operation }: Words): Reference[] {
  return [...referencesIn(parameters, "parameterList"), ...referencesIn(operation, "operation")];
}

function callsOf({ document, side, label, version }: Spec): Map<string, Call> {
  const spec = { document, side, label, version };
  const paths = listPaths(spec, child({ value: document, pointer: "" }, "paths"));
  return new Map(
    [...paths].flatMap(([path, { calls }]) =>
      [...calls].map(([method, call]): [string, Call] => [`${method} ${shapeOf(path)}`, call]),
    ),
  );
}
