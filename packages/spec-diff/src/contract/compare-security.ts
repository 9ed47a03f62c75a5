import { inBase, inHead, type Place } from "../schema/comparison.ts";
import { listed } from "../schema/describe.ts";
import { child, children, objectOf, resolved, type Part } from "../schema/part.ts";
import type { Spec } from "../schema/spec.ts";
import type { OperationEntry } from "./list-operations.ts";
import type { Scope } from "./scope.ts";

/** What a caller comes with: scopes by scheme, the scheme told by what it is on the wire and not by its name. */
type Credentials = ReadonlyMap<string, ReadonlySet<string>>;

/** Compares who may call. Every way that was enough must still be. */
export function compareSecurity(
  { base, head, report, sent }: Scope,
  before: OperationEntry,
  after: OperationEntry,
): void {
  const [old, now] = [waysIn(base, before), waysIn(head, after)];
  const place = placeOf(head, after) ?? inBase(child(before.operation, "security")?.pointer ?? "/security");
  for (const way of old) {
    if (now.some((other) => suffices(way, other))) continue;
    const facts = { before: describe(way), after: listed(now.map((other) => describe(other))) };
    report("security-requirement-tightened", sent, place, facts);
  }
  for (const way of now) {
    if (old.some((other) => suffices(way, other))) continue;
    if (way.size === 0) report("security-requirement-removed", sent, place);
    else report("security-requirement-alternative-added", sent, place, { after: describe(way) });
  }
}

function placeOf(spec: Spec, { operation }: OperationEntry): Place | undefined {
  const own = child(operation, "security");
  if (own) return inHead(own.pointer);
  return "security" in spec.document ? inHead("/security") : undefined;
}

function waysIn(spec: Spec, { operation }: OperationEntry): Credentials[] {
  const root = { value: spec.document, pointer: "" };
  const requirements = children(child(operation, "security") ?? child(root, "security"));
  if (requirements.length === 0) return [new Map()];
  return requirements.map(
    ([, requirement]) =>
      new Map(
        children(requirement).map(([name, scopes]) => [
          identityOf(spec, name),
          new Set(children(scopes).map(([, scope]) => String(scope.value))),
        ]),
      ),
  );
}

/** Whether who has the credentials `held` meets `asked`. */
function suffices(held: Credentials, asked: Credentials): boolean {
  return [...asked].every(([scheme, scopes]) => {
    const granted = held.get(scheme);
    return granted !== undefined && [...scopes].every((scope) => granted.has(scope));
  });
}

function identityOf(spec: Spec, name: string): string {
  const components = child({ value: spec.document, pointer: "" }, "components");
  const schemes = components && child(components, "securitySchemes");
  const definition: Part | undefined = schemes && child(schemes, name);
  if (!definition) return name;
  const { type, scheme, in: place, name: key } = objectOf(resolved(spec, definition));
  if (type === "http") return `${String(scheme).toLowerCase()} authentication`;
  if (type === "apiKey") {
    return `the ${String(place)} ${JSON.stringify(place === "header" ? String(key).toLowerCase() : key)} with a key`;
  }
  return `${String(type)} ${JSON.stringify(name)}`;
}

function describe(credentials: Credentials): string {
  if (credentials.size === 0) return "no credentials";
  const words = [...credentials].map(([scheme, scopes]) =>
    scopes.size === 0 ? scheme : `${scheme} (${[...scopes].join(", ")})`,
  );
  return listed(words, "and");
}
