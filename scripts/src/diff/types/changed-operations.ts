import type { JsonValue } from "../../generate/openapi-document.ts";
import { lookUp } from "../../generate/look-up.ts";
import { listPaths, shapeOf, type Call } from "../contract/list-calls.ts";
import { canonical } from "../schema/normal-schema.ts";
import { child } from "../schema/part.ts";
import { isObject } from "../schema/is-object.ts";
import type { Spec } from "../schema/spec.ts";
import { closureOf } from "../sources/slice-document.ts";

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
  const sameTarget = createTargetComparer(base, head);
  const changed: CallPair[] = [];
  for (const [key, before] of old) {
    const after = now.get(key);
    if (after && !isSame(before, after)) changed.push({ before, after });
  }
  return {
    changed,
    added: [...now].filter(([key]) => !old.has(key)).map(([, call]) => call),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, call]) => call),
  };

  function isSame(before: Call, after: Call): boolean {
    const [one, other] = [before, after].map(wordsOf) as [JsonValue, JsonValue];
    if (canonical(one) !== canonical(other)) return false;
    return [...closureOf(base.document, one)].every((reference) => sameTarget(reference));
  }
}

function wordsOf({ item, operation }: Call): JsonValue {
  return [child(item, "parameters")?.value ?? [], operation.value];
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

/** Whether a reference leads to the same words in both documents; what those refer to is not looked at. */
function createTargetComparer(base: Spec, head: Spec): (reference: string) => boolean {
  const known = new Map<string, boolean>();
  return (reference) => {
    const answer = known.get(reference);
    if (answer !== undefined) return answer;
    const [one, other] = [base, head].map(({ document }) => lookUp(document, reference) as JsonValue | undefined);
    const same = one !== undefined && other !== undefined && isObject(one) && canonical(one) === canonical(other);
    known.set(reference, same);
    return same;
  };
}
