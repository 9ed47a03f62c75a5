import { inBase, inHead, type Comparison } from "./comparison.ts";
import { listed, quote } from "./describe.ts";
import { allows } from "./keeps-rules.ts";
import type { Part } from "./part.ts";

/** Compares what `enum` and `const` allow. */
export function compareValues({ before, after, report }: Comparison): void {
  const [old, now] = [before.values, after.values];
  if (old && now) {
    for (const [key, { value, pointer }] of old) {
      if (!now.has(key)) report("value-removed", inBase(pointer), { value: quote(value) });
    }
    for (const [key, { value, pointer }] of now) {
      if (!old.has(key)) report("value-added", inHead(pointer), { value: quote(value) });
    }
  } else if (now) {
    report("values-introduced", inHead(after.pointer), { after: list(now) });
    // What is listed now may have been beyond a limit before.
    for (const { value, pointer } of now.values()) {
      if (!allows(before, value)) report("value-added", inHead(pointer), { value: quote(value) });
    }
  } else if (old) {
    report("values-lifted", inHead(after.pointer), { before: list(old) });
    for (const { value, pointer } of old.values()) {
      if (!allows(after, value)) report("value-removed", inBase(pointer), { value: quote(value) });
    }
  }
}

function list(values: ReadonlyMap<string, Part>): string {
  return listed([...values.values()].map(({ value }) => quote(value)));
}
