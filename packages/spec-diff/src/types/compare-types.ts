import type ts from "typescript";
import { emitSchemaTypes } from "@image-variations/codegen/repository";
import { type JsonObject, type OpenAPIDocument, SpecError, walkDocument } from "@image-variations/codegen/document";
import type { OperationEntry } from "../contract/list-operations.ts";
import type { Change } from "../policy/change.ts";
import { classify } from "../policy/classify.ts";
import { highestLevel, type Level } from "../policy/level.ts";
import type { ObservedChange } from "../policy/observed-change.ts";
import { objectOf, pointTo } from "../schema/part.ts";
import type { Spec } from "../schema/spec.ts";
import { sliceDocument } from "@image-variations/codegen/document";
import { changedOperations, type OperationPair } from "./changed-operations.ts";
import { projectDocument } from "./project-document.ts";
import { typeDifference, type TypeDifference } from "./type-difference.ts";
import { createTypeProgram, type TypeProgram } from "./type-program.ts";

/** An operation on which the opinions differ about whether callers break. */
export interface OpinionDifference {
  readonly operation: string;
  readonly direction: "request" | "response";
  readonly schema: Level;
  readonly types: Level;
}

/** What the generated types tell. */
export interface TypesOpinion {
  readonly level: Level;
  /** What the schema opinion did not see. */
  readonly changes: readonly Change[];
  readonly disagreements: readonly OpinionDifference[];
  /** Why there is no opinion on the changed operations; absent if there is one. */
  readonly abstained?: string;
}

type Direction = "request" | "response";

interface Verdict {
  readonly direction: Direction;
  readonly level: Level;
  readonly observed?: ObservedChange;
}

/** The types opinion: whether code that compiled against the base's generated types still does against the head's. */
export async function compareTypes(base: Spec, head: Spec, schemaChanges: readonly Change[]): Promise<TypesOpinion> {
  const { changed, added, removed } = changedOperations(base, head);
  const level: Level[] = [added.length > 0 ? "minor" : "none", removed.length > 0 ? "major" : "none"];
  const changes: Change[] = [];
  const disagreements: OpinionDifference[] = [];
  const { classifyPair, abstained } = await createTypesClassifier(base, head, changed);
  for (const pair of changed) {
    if (operationIdOf(pair.before) !== operationIdOf(pair.after) && operationIdOf(pair.before)) level.push("major");
    const verdicts = classifyPair(pair);
    for (const direction of ["request", "response"] as const) {
      const own = verdicts.filter((one) => one.direction === direction);
      const types = highestLevel(own.map((one) => one.level));
      const schema = highestLevel(
        schemaChanges
          .filter((change) => change.direction === direction && change.operations.includes(pair.after.name))
          .map((change) => change.level),
      );
      level.push(types);
      if (!abstained && (types === "major") !== (schema === "major")) {
        disagreements.push({ operation: pair.after.name, direction, schema, types });
      }
      if (schema !== "major")
        changes.push(...own.flatMap(({ observed }) => (observed ? [toChange(observed, pair.after)] : [])));
    }
  }
  return { level: highestLevel(level), changes, disagreements, ...(abstained && { abstained }) };
}

function toChange(observed: ObservedChange, { name }: OperationEntry): Change {
  const { rule, direction, pointer, document } = observed;
  return { direction, pointer, document, ...classify(observed), rule, opinion: "types", operations: [name] };
}

function operationIdOf({ operation }: OperationEntry): string | undefined {
  const { operationId } = objectOf(operation);
  return typeof operationId === "string" ? operationId : undefined;
}

interface TypesClassifier {
  readonly classifyPair: (pair: OperationPair) => Verdict[];
  readonly abstained?: string;
}

const upload = { name: "Upload", from: "./upload.ts" };

async function createTypesClassifier(
  base: Spec,
  head: Spec,
  pairs: readonly OperationPair[],
): Promise<TypesClassifier> {
  if (pairs.length === 0) return { classifyPair: () => [] };
  const sides = [
    { spec: base, operations: pairs.map(({ before }) => before) },
    { spec: head, operations: pairs.map(({ after }) => after) },
  ];
  const files = new Map([["upload.ts", "export interface Upload { readonly upload: true }"]]);
  try {
    for (const { spec, operations } of sides) {
      for (const [direction, hidden] of [
        ["request", "readOnly"],
        ["response", "writeOnly"],
      ] as const) {
        const slice = sliceDocument(spec.document, operations, direction);
        checkSize(slice);
        const document = projectDocument(slice, hidden) as unknown as OpenAPIDocument;
        const text = emitSchemaTypes(document, spec.label, upload, {
          named: false,
          openObjects: true,
          described: false,
        });
        files.set(`${spec.side}-${direction}.ts`, text);
      }
    }
    const program = createTypeProgram(files);
    const verdicts = new Map(
      pairs.map((pair) => [pair, [...classifyRequest(program, pair), ...classifyResponses(program, pair)]]),
    );
    return { classifyPair: (pair) => verdicts.get(pair) ?? [] };
  } catch (error) {
    // The generator rejects some of what other people write, and TypeScript ends where schemas lie too deep for its
    // stack; the schema opinion stands alone then.
    const reason = error instanceof RangeError ? "its schemas lie too deep for TypeScript." : (error as Error).message;
    return { classifyPair: () => [], abstained: reason.split("\n", 1)[0]! };
  }
}

/** More than TypeScript compares in seconds. The largest public descriptions stay below. */
const maximumSchemas = 10_000;
const maximumBranches = 500;

function checkSize(slice: JsonObject): void {
  let [schemas, branches] = [0, 0];
  walkDocument(slice, (kind, { oneOf, anyOf }, path) => {
    if (kind !== "schema") return;
    if (path[0] === "components" && path.length === 3) schemas += 1;
    for (const list of [oneOf, anyOf]) if (Array.isArray(list)) branches = Math.max(branches, list.length);
  });
  const counts = { schemas: [schemas, maximumSchemas], "branches of a union": [branches, maximumBranches] } as const;
  for (const [what, [count, maximum]] of Object.entries(counts)) {
    const [has, most] = [count, maximum].map((number) => number.toLocaleString("en"));
    if (count > maximum) throw new SpecError(`it has ${has} ${what}; at most ${most} are compared by types.`);
  }
}

function classifyRequest(program: TypeProgram, pair: OperationPair): Verdict[] {
  const [old, now] = operationTypes(program, pair, "request");
  if (!old || !now) return [];
  const bodies = [old, now].map((type) => descend(program, type, ["requestBody"])) as [ts.Type, ts.Type];
  const mediaTypes = mediaTypesOf(program, bodies[0]);
  // Each type of body is compared by itself: one more to choose from asks nothing of callers.
  const places = [
    ...["query", "header", "path", "cookie"].map((place) => ["parameters", place]),
    ...mediaTypes.map((type) => ["requestBody", "content", type]),
  ];
  const { checker } = program;
  const [wasOptional, isOptional] = bodies.map((type) => checker.isTypeAssignableTo(checker.getUndefinedType(), type));
  const demanded = wasOptional && !isOptional ? "there has to be a body now." : undefined;
  const body = settle(program, pair.after, "request", bodies, demanded, "requestBody", "the body");
  return [
    ...(demanded ? body : []),
    ...places.flatMap((place) => {
      const [one, other] = [old, now].map((type) => descend(program, type, place));
      if (!one || !other) return [];
      const difference = typeDifference(program.checker, one, other, [one, other]);
      const what = place[0] === "requestBody" ? `the ${place[2]} body` : `${place[1]} parameters`;
      return settle(program, pair.after, "request", [one, other], difference, place[0]!, what);
    }),
  ];
}

function classifyResponses(program: TypeProgram, pair: OperationPair): Verdict[] {
  const [old, now] = operationTypes(program, pair, "response").map(
    (type) => type && descend(program, type, ["responses"]),
  );
  if (!old || !now) return [];
  return old.getProperties().flatMap(({ name: status }) => {
    const [one, other] = [old, now].map((type) => descend(program, type, [status]));
    // A status that went is for the schema opinion: no code stops compiling over a response that does not come.
    if (!one || !other) return [];
    const places = mediaTypesOf(program, one).map((type) => ["content", type]);
    return [["headers"], ...places].flatMap((place) => {
      const [before, after] = [one, other].map((type) => descend(program, type, place));
      if (!before || !after) return [];
      const difference = typeDifference(program.checker, after, before, [before, after]);
      const what = place[0] === "headers" ? `headers of ${status}` : `${place[1]} of ${status}`;
      return settle(program, pair.after, "response", [before, after], difference, pointTo("responses", status), what);
    });
  });
}

function mediaTypesOf(program: TypeProgram, response: ts.Type): string[] {
  return (
    descend(program, response, ["content"])
      ?.getProperties()
      .map(({ name }) => name) ?? []
  );
}

function settle(
  { checker }: TypeProgram,
  entry: OperationEntry,
  direction: Direction,
  [before, after]: readonly [ts.Type, ts.Type],
  difference: TypeDifference,
  place: string,
  what: string,
): Verdict[] {
  if (difference) {
    const rule = direction === "request" ? "types-reject-caller" : "types-reject-reader";
    return [verdict(entry, direction, rule, place, what, difference)];
  }
  const same = checker.isTypeAssignableTo(before, after) && checker.isTypeAssignableTo(after, before);
  return [{ direction, level: same ? "none" : "minor" }];
}

function verdict(
  { name, operation }: OperationEntry,
  direction: Direction,
  rule: "types-reject-caller" | "types-reject-reader",
  place: string,
  what: string,
  detail: string,
): Verdict {
  const pointer = `${operation.pointer}/${place}`;
  const facts = { what: `${what} of ${name}`, detail };
  return { direction, level: "major", observed: { rule, direction, pointer, document: "head", facts } };
}

function operationTypes(
  program: TypeProgram,
  { before, after }: OperationPair,
  direction: Direction,
): [ts.Type | undefined, ts.Type | undefined] {
  const find = (side: Spec["side"], { path, method }: OperationEntry): ts.Type | undefined => {
    const paths = program.typeOf(`${side}-${direction}.ts`, "paths");
    let count = 0;
    const numbered = path.replaceAll(/\{[^}]*\}/g, () => `{_${count++}}`);
    return paths && descend(program, paths, [numbered, method]);
  };
  return [find("base", before), find("head", after)];
}

function descend({ checker }: TypeProgram, type: ts.Type, path: readonly string[]): ts.Type | undefined {
  let next: ts.Type | undefined = type;
  for (const step of path) {
    const property: ts.Symbol | undefined = next && checker.getNonNullableType(next).getProperty(step);
    next = property && checker.getTypeOfSymbol(property);
  }
  return next;
}
