import { inBase, inHead, type Comparison } from "./comparison.ts";
import { quote } from "./describe.ts";
import { pointTo } from "./part.ts";
import { anything, type Site } from "./site.ts";

/** Compares properties: which there are, which must be there, and what each may be. */
export function compareObjects(comparison: Comparison): void {
  const { before, after, hides } = comparison;
  if (!concernsObjects(comparison)) return;
  const old = new Map([...before.properties].filter(([, site]) => !hides("base", site)));
  const now = new Map([...after.properties].filter(([, site]) => !hides("head", site)));

  for (const [name, site] of old) {
    const other = now.get(name);
    if (other) comparison.follow(site, other);
    else removed(comparison, name, site);
  }
  for (const [name, site] of now) if (!old.has(name)) added(comparison, name, site);
  compareRequired(comparison, old, now);
  compareOthers(comparison);
  compareMaps(comparison);
}

function concernsObjects({ before, after }: Comparison): boolean {
  return [before, after].every(({ types }) => !types || types.has("object"));
}

function removed({ direction, after, report, follow }: Comparison, name: string, site: Site): void {
  const facts = { name: quote(name) };
  const hidden = after.properties.get(name);
  if (hidden) {
    report(direction === "request" ? "property-read-only" : "property-write-only", inHead(pointer(hidden)), facts);
    return;
  }
  report("property-removed", inBase(pointer(site)), facts);
  if (after.additional) follow(site, after.additional);
}

function added(comparison: Comparison, name: string, site: Site): void {
  const { direction, before, after, report, follow } = comparison;
  const facts = { name: quote(name) };
  const place = inHead(pointer(site));
  if (before.additional) follow(before.additional, site);
  else comparison.markUndescribed();
  // What was hidden from this side was never rejected by it, whatever the rest of the object says.
  const closed = before.additional === false && !before.properties.has(name);
  if (direction === "response" && closed) report("property-added-to-closed", place, facts);
  else report(after.required.has(name) ? "property-added-required" : "property-added", place, facts);
}

function compareRequired(
  { before, after, report }: Comparison,
  old: ReadonlyMap<string, Site>,
  now: ReadonlyMap<string, Site>,
): void {
  const names = new Set([...before.required.keys(), ...after.required.keys()]);
  for (const name of names) {
    const [was, is] = [before.required.has(name), after.required.has(name)];
    if (was === is) continue;
    const site = now.get(name);
    // A property that came or went has been told of already, and a hidden one does not concern this side.
    const listedNow = after.properties.has(name);
    const listedBefore = before.properties.has(name);
    if (site ? !old.has(name) : listedNow || listedBefore) continue;
    const place = site ? inHead(pointer(site)) : inHead(after.pointer);
    report(is ? "property-required" : "property-optional", place, { name: quote(name) });
  }
}

/** What is said of properties that are not listed. */
function compareOthers({ before, after, report, follow }: Comparison): void {
  const [old, now] = [before.additional, after.additional];
  const place = inHead(pointTo(after.pointer, "additionalProperties"));
  if (old && now) follow(old, now);
  else if (old !== false && now === false) report("additional-properties-rejected", place);
  else if (old === false && now !== false) report("additional-properties-allowed", place);
  else if (!old && now) report("additional-properties-typed", inHead(pointer(now)));
  else if (old && !now) report("additional-properties-untyped", inBase(pointer(old)));
}

function compareMaps({ before, after, follow }: Comparison): void {
  const patterns = new Set([...before.patternProperties.keys(), ...after.patternProperties.keys()]);
  for (const pattern of patterns) {
    const [old, now] = [before.patternProperties.get(pattern), after.patternProperties.get(pattern)];
    follow(old ?? anything(before.pointer), now ?? anything(after.pointer));
  }
  if (before.propertyNames || after.propertyNames) {
    follow(before.propertyNames ?? anything(before.pointer), after.propertyNames ?? anything(after.pointer));
  }
}

function pointer(site: Site): string {
  return site.parts[0].pointer;
}
