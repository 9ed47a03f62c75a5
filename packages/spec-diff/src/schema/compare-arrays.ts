import type { Comparison } from "./comparison.ts";
import type { NormalSchema } from "./normal-schema.ts";
import { anything, type Site } from "./site.ts";

/** Compares what lists hold. */
export function compareArrays({ before, after, follow }: Comparison): void {
  if (![before, after].every(({ types }) => !types || types.has("array"))) return;
  const length = Math.max(before.prefixItems.length, after.prefixItems.length);
  for (let index = 0; index < length; index++) follow(itemAt(before, index), itemAt(after, index));
  if (before.items || after.items) follow(itemAt(before), itemAt(after));
  if (before.contains || after.contains) {
    follow(before.contains ?? anything(before.pointer), after.contains ?? anything(after.pointer));
  }
}

function itemAt(schema: NormalSchema, index = Number.POSITIVE_INFINITY): Site {
  return schema.prefixItems[index] ?? schema.items ?? anything(schema.pointer);
}
