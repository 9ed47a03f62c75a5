import { inBase, inHead } from "../schema/comparison.ts";
import { quote } from "../schema/describe.ts";
import { child, objectOf, resolved } from "../schema/part.ts";
import { compareBodies } from "./compare-bodies.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import { compareParameters } from "./compare-parameters.ts";
import { compareResponses } from "./compare-responses.ts";
import { compareSecurity } from "./compare-security.ts";
import { compareOwnServers } from "./compare-servers.ts";
import { placeholders, type OperationEntry } from "./list-operations.ts";
import type { Scope } from "./scope.ts";

/** Compares one operation before and after. */
export function compareOperations(scope: Scope, before: OperationEntry, after: OperationEntry): void {
  compareAnnotationsOf(scope, scope.sent, before.operation, after.operation);
  compareIdentity(scope, before, after);
  compareParameters(scope, before, after);
  compareBodies(scope, bodyOf(scope.base, before), bodyOf(scope.head, after));
  compareResponses(scope, child(before.operation, "responses"), child(after.operation, "responses"));
  compareSecurity(scope, before, after);
  compareOwnServers(scope, before, after);
}

function bodyOf(spec: Scope["base"], { operation }: OperationEntry): ReturnType<typeof child> {
  const body = child(operation, "requestBody");
  return body && resolved(spec, body);
}

function compareIdentity(scope: Scope, before: OperationEntry, after: OperationEntry): void {
  const { report, names } = scope;
  const [old, now] = [objectOf(before.operation), objectOf(after.operation)];
  if (old.operationId !== now.operationId) {
    const rule =
      old.operationId === undefined
        ? "operation-id-added"
        : now.operationId === undefined
          ? "operation-id-removed"
          : "operation-id-changed";
    const place = inHead(`${after.operation.pointer}/operationId`);
    report(
      rule,
      "request",
      rule === "operation-id-removed" ? inBase(`${before.operation.pointer}/operationId`) : place,
      {
        before: quote(old.operationId),
        after: quote(now.operationId),
      },
    );
  }
  if ((old.deprecated === true) !== (now.deprecated === true)) {
    const rule = now.deprecated === true ? "operation-deprecated" : "operation-undeprecated";
    report(rule, "request", inHead(after.operation.pointer), { name: after.name });
  }
  const [oldNames, newNames] = [placeholders(before.path), placeholders(after.path)];
  for (const [index, name] of oldNames.entries()) {
    if (name === newNames[index]) continue;
    const rule = names ? "path-parameter-name-removed" : "path-parameter-renamed";
    report(rule, "request", inHead(after.item.pointer), { before: quote(name), after: quote(newNames[index]) });
  }
}
