import { inBase, inHead } from "../schema/comparison.ts";
import { quote } from "../schema/describe.ts";
import { child, children, objectOf, resolved, type Part } from "../schema/part.ts";
import type { Spec } from "../schema/spec.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import type { Scope } from "./scope.ts";

/** Where credentials come from. */
const addresses = ["authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl", "deviceAuthorizationUrl"];

/** Compares where the credentials of each security scheme come from. What they are is compared where they are asked for. */
export function compareSchemes(scope: Scope): void {
  const [old, now] = [schemesOf(scope.base), schemesOf(scope.head)];
  for (const [name, scheme] of old) {
    const other = now.get(name);
    if (!other) continue;
    compareAnnotationsOf(scope, "request", scheme, other);
    compareAddresses(scope, name, scheme, other);
    const [flows, others] = [new Map(children(child(scheme, "flows"))), new Map(children(child(other, "flows")))];
    for (const [kind, flow] of flows) {
      const counterpart = others.get(kind);
      if (counterpart) compareAddresses(scope, name, flow, counterpart);
      else {
        const facts = { name: quote(name), keyword: `the flow ${kind}`, before: "there", after: "gone" };
        scope.report("scheme-moved", "request", inBase(flow.pointer), facts);
      }
    }
  }
}

function compareAddresses({ report }: Scope, name: string, before: Part, after: Part): void {
  for (const keyword of addresses) {
    const [old, now] = [objectOf(before)[keyword], objectOf(after)[keyword]];
    if (old === now || old === undefined) continue;
    const facts = { name: quote(name), keyword, before: quote(old), after: quote(now) };
    report("scheme-moved", "request", inHead(after.pointer), facts);
  }
}

function schemesOf(spec: Spec): Map<string, Part> {
  const components = child({ value: spec.document, pointer: "" }, "components");
  const schemes = children(components && child(components, "securitySchemes"));
  return new Map(schemes.map(([name, scheme]) => [name, resolved(spec, scheme)]));
}
