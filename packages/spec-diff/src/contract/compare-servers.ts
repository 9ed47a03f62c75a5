import { inBase, inHead, type Place } from "../schema/comparison.ts";
import { quote } from "../schema/describe.ts";
import { child, children, objectOf, type Part } from "../schema/part.ts";
import type { OperationEntry } from "./list-operations.ts";
import type { Scope } from "./scope.ts";

/** Compares the servers of the whole document. */
export function compareServers(scope: Scope): void {
  const [old, now] = [scope.base, scope.head].map((spec) => child({ value: spec.document, pointer: "" }, "servers"));
  compareLists(scope, old, now);
}

/** Compares the servers that a path or an operation has of its own. */
export function compareOwnServers(scope: Scope, before: OperationEntry, after: OperationEntry): void {
  const own = ({ operation, item }: OperationEntry): Part | undefined =>
    child(operation, "servers") ?? child(item, "servers");
  const [old, now] = [own(before), own(after)];
  if (!old && !now) return;
  const shared = (spec: Scope["base"]): Part | undefined => child({ value: spec.document, pointer: "" }, "servers");
  compareLists(scope, old ?? shared(scope.base), now ?? shared(scope.head));
}

function compareLists({ report }: Scope, before: Part | undefined, after: Part | undefined): void {
  const [old, now] = [byUrl(before), byUrl(after)];
  for (const [url, server] of old) {
    const other = now.get(url);
    if (other) compareVariables(report, server, other);
    else report("server-removed", "request", inBase(server.pointer), { before: url });
  }
  for (const [url, server] of now) {
    if (!old.has(url)) report("server-added", "request", inHead(server.pointer), { after: url });
  }
  const [first, other] = [[...old.keys()][0], [...now.keys()][0]];
  if (first !== undefined && other !== undefined && first !== other && now.has(first)) {
    report("first-server-changed", "request", inHead(after!.pointer), { before: first, after: other });
  }
}

function byUrl(servers: Part | undefined): Map<string, Part> {
  return new Map(
    children(servers).map(([, server]) => [String(objectOf(server).url).replace(/\/$/, "") || "/", server]),
  );
}

function compareVariables(report: Scope["report"], before: Part, after: Part): void {
  const [old, now] = [before, after].map((server) => new Map(children(child(server, "variables"))));
  for (const [name, variable] of old!) {
    const other = now!.get(name);
    if (!other) continue;
    const place = inHead(other.pointer);
    const [was, is] = [objectOf(variable).default, objectOf(other).default];
    if (was !== is) {
      report("server-default-changed", "request", place, { name: quote(name), before: quote(was), after: quote(is) });
    }
    compareChoices(report, place, name, variable, other);
  }
}

function compareChoices(report: Scope["report"], place: Place, name: string, before: Part, after: Part): void {
  const [old, now] = [before, after].map((variable) =>
    children(child(variable, "enum")).map(([, { value }]) => quote(value)),
  ) as [string[], string[]];
  if (old.length === 0 && now.length === 0) return;
  const gone = old.length > 0 && now.length > 0 ? old.filter((value) => !now.includes(value)) : [];
  const come = old.length > 0 && now.length > 0 ? now.filter((value) => !old.includes(value)) : [];
  if (old.length === 0) gone.push(`anything but ${now.join(", ")}`);
  if (now.length === 0) come.push("anything");
  for (const value of gone) report("server-value-removed", "request", place, { name: quote(name), value });
  for (const value of come) report("server-value-added", "request", place, { name: quote(name), value });
}
