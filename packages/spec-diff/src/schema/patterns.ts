import type { JsonValue } from "@image-variations/codegen/document";

/** What stands for any text, however long, between the anchors that it may have. */
const anything = /^(?:\(\?:|\()?(?:\.|\[\\s\\S\]|\[\\S\\s\]|\[\\d\\D\]|\[\\w\\W\]|\[\^\])\*\??\)?$/;

/** Whether every text matches a pattern, so that it says nothing. */
export function matchesEverything(pattern: JsonValue | undefined): boolean {
  if (typeof pattern !== "string") return false;
  const [core, anchors] = withoutAnchors(pattern);
  if (core === "") return anchors < 2;
  // Between two anchors, a dot stops at the end of a line.
  return anything.test(core) && !(anchors === 2 && core.includes("."));
}

/** Whether every text of one line matches a pattern: what people mean by any text. */
export function matchesEveryLine(pattern: JsonValue | undefined): boolean {
  return typeof pattern === "string" && anything.test(withoutAnchors(pattern)[0]);
}

function withoutAnchors(pattern: string): [core: string, anchors: number] {
  const core = pattern.replace(/^\^/, "").replace(/\$$/, "");
  return [core, pattern.length - core.length];
}
