import type { Direction, ObservedChange } from "../policy/observed-change.ts";
import { classify } from "../policy/classify.ts";
import { rules } from "../policy/rules.ts";
import { compareArrays } from "./compare-arrays.ts";
import { compareAssertions } from "./compare-assertions.ts";
import { compareBounds } from "./compare-bounds.ts";
import { compareConditions } from "./compare-conditions.ts";
import { compareAnnotations } from "./compare-annotations.ts";
import { compareObjects } from "./compare-objects.ts";
import { compareNull } from "./compare-null.ts";
import { compareTypes } from "./compare-types.ts";
import { compareUnions } from "./compare-unions.ts";
import { compareValues } from "./compare-values.ts";
import { inHead, type Comparison } from "./comparison.ts";
import { describeSchema } from "./describe.ts";
import { isObject } from "@image-variations/codegen/document";
import type { NormalSchema } from "./normal-schema.ts";
import { createNormaliser } from "./normalise-schema.ts";
import { referenced, type Part } from "./part.ts";
import { isSame } from "./is-same.ts";
import { keyOf, type Site } from "./site.ts";
import { createTargetComparer } from "../sources/changed-targets.ts";
import { referencesIn } from "@image-variations/codegen/document";
import type { Spec } from "./spec.ts";

type Side = Exclude<Direction, "both">;

/** Every difference between the schemas at two places and at all places below them. */
export type SchemaComparer = (before: Site, after: Site, direction: Side) => readonly ObservedChange[];

/**
 * What was seen at one pair of places, and the pairs below it. A graph, because schemas may contain themselves. A node is
 * compared when it is first looked at, and not where it is first met: schemas may lie thousands deep.
 */
interface Node {
  readonly compare: () => void;
  readonly observedChanges: ObservedChange[];
  /** Whether the base allows here what it does not describe. */
  undescribed: boolean;
  readonly edges: { readonly to: Node; readonly spared: ReadonlySet<string> }[];
}

const nothing: ReadonlySet<string> = new Set();
const visible = { request: "readOnly", response: "writeOnly" } as const;

/** Compares schemas of two documents. Each pair of places is compared once per direction, however often it is met. */
export function createSchemaComparer(base: Spec, head: Spec): SchemaComparer {
  const nodes = new Map<string, Node>();
  const readBefore = createNormaliser(base);
  const readAfter = createNormaliser(head);

  const changedTargets = createTargetComparer(base, head);

  const nodeOf = (beforeSite: Site, afterSite: Site, direction: Side): Node => {
    const key = `${direction} ${keyOf(beforeSite)} ${keyOf(afterSite)}`;
    const known = nodes.get(key);
    if (known) return known;
    const node: Node = {
      compare: once(() => compareAt(node, beforeSite, afterSite, direction)),
      observedChanges: [],
      undescribed: false,
      edges: [],
    };
    nodes.set(key, node);
    return node;
  };

  const compareAt = (node: Node, beforeSite: Site, afterSite: Site, direction: Side): void => {
    // What is the same word for word, with all that it refers to, needs no reading.
    const refersToSame = ({ value }: Part): boolean => !changedTargets(referencesIn(value, "schema"));
    if (isSameSite(beforeSite, afterSite) && beforeSite.parts.every(refersToSame)) return;
    compare({
      direction,
      before: readBefore(beforeSite),
      after: readAfter(afterSite),
      beforeSite,
      afterSite,
      readBefore,
      readAfter,
      report: (rule, place, facts = {}) => void node.observedChanges.push({ rule, direction, ...place, facts }),
      follow: (before, after, spared = nothing) =>
        void node.edges.push({ to: nodeOf(before, after, direction), spared }),
      fits: (before, after) => isHarmless(nodeOf(before, after, "request")),
      covers: (before, after) => {
        const other = nodeOf(before, after, "response");
        return isHarmless(other) && nodesFrom(other).every(({ undescribed }) => !undescribed);
      },
      markUndescribed: () => void (node.undescribed = true),
      hides: (document, site) => isFlagged(document === "base" ? base : head, site, visible[direction]),
    });
  };
  return (before, after, direction) => reachable(nodeOf(before, after, direction));
}

/** Whether two places say the same, word for word. */
function isSameSite(before: Site, after: Site): boolean {
  return (
    before.parts.length === after.parts.length &&
    before.onlyType === after.onlyType &&
    before.withoutNull === after.withoutNull &&
    [...before.skip].join(" ") === [...after.skip].join(" ") &&
    before.parts.every(({ value }, index) => isSame(value, after.parts[index]!.value))
  );
}

function compare(comparison: Comparison): void {
  const { before, after } = comparison;
  compareAnnotations(comparison);
  const inUnions = before.unions.length > 0;
  if (inUnions !== after.unions.length > 0) {
    if (isAnything(before) || isAnything(after)) return compareWithAnything(comparison);
    compareNull(comparison);
    return compareUnions(comparison);
  }
  // Beside alternatives, types that are not stated are those of the alternatives.
  const typed = before.types !== undefined && after.types !== undefined;
  if (inUnions && !typed) compareNull(comparison);
  else if (!compareTypes(comparison)) return;
  compareValues(comparison);
  compareBounds(comparison);
  compareAssertions(comparison);
  compareObjects(comparison);
  compareArrays(comparison);
  if (inUnions) compareUnions(comparison);
  compareConditions(comparison);
}

/** Whether a schema says nothing of what is legal. */
function isAnything({ types, values, unions, conditions }: NormalSchema): boolean {
  return !types && !values && unions.length === 0 && conditions.size === 0;
}

function compareWithAnything({ before, after, report, markUndescribed }: Comparison): void {
  if (isAnything(before)) markUndescribed();
  const [was, is] = [describeSchema(before), describeSchema(after)];
  const facts = { before: was, after: is, removed: "anything else", added: "anything" };
  report(isAnything(before) ? "type-narrowed" : "type-widened", inHead(after.pointer), facts);
}

/** Everything seen at a node and below it, once. */
function reachable(start: Node): ObservedChange[] {
  const found = new Set<ObservedChange>();
  const seen = new Map<Node, Set<string>>();
  const queue: { node: Node; spared: ReadonlySet<string> }[] = [{ node: start, spared: nothing }];
  for (const { node, spared } of queue) {
    node.compare();
    const key = [...spared].toSorted().join(" ");
    const visits = seen.get(node) ?? new Set();
    if (visits.has(key)) continue;
    seen.set(node, visits.add(key));
    for (const observed of node.observedChanges) if (!spared.has(rules[observed.rule].effect)) found.add(observed);
    for (const edge of node.edges) {
      queue.push({ node: edge.to, spared: edge.spared.size > 0 ? new Set([...spared, ...edge.spared]) : spared });
    }
  }
  return [...found];
}

function nodesFrom(start: Node): Node[] {
  const found = new Set([start]);
  for (const node of found) {
    node.compare();
    for (const { to } of node.edges) found.add(to);
  }
  return [...found];
}

/** A function that does its work the first time alone. */
function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

function isHarmless(node: Node): boolean {
  return reachable(node).every((observed) => classify(observed).level !== "major");
}

function isFlagged(spec: Spec, site: Site, flag: "readOnly" | "writeOnly"): boolean {
  return site.parts.some((part) => {
    for (let next: typeof part | undefined = part; next; next = referenced(spec, next)) {
      if (isObject(next.value) && next.value[flag] === true) return true;
    }
    return false;
  });
}
