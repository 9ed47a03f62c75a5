import type { Direction } from "../policy/observed-change.ts";
import { inBase, inHead } from "../schema/comparison.ts";
import { quote } from "../schema/describe.ts";
import { child, children, objectOf, type Part } from "../schema/part.ts";
import { anything, siteOf, type Site } from "../schema/site.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import { normalMediaType } from "./normal-media-type.ts";
import type { Scope } from "./scope.ts";

/** Compares what a body or a response may be, by media type. */
export function compareContent(
  scope: Scope,
  direction: Exclude<Direction, "both">,
  before: Part | undefined,
  after: Part | undefined,
): void {
  const [old, now] = [byMediaType(before), byMediaType(after)];
  for (const [type, media] of old) {
    const others = now.has(type) ? [now.get(type)!] : counterparts(type, now, direction);
    for (const other of others) compareMedia(scope, direction, media, other);
    if (others.length === 0) scope.report("media-type-removed", direction, inBase(media.pointer), { name: type });
  }
  for (const [type, media] of now) {
    const known = old.has(type) || [...old.keys()].some((range) => includes(range, type));
    if (!known) scope.report("media-type-added", direction, inHead(media.pointer), { name: type });
  }
}

/** A type that is no longer listed may be within a range that is, and a range that responses kept to may be told in full. */
function counterparts(type: string, now: ReadonlyMap<string, Part>, direction: Direction): Part[] {
  const wider = [...now].filter(([range]) => includes(range, type));
  const told = direction === "response" ? [...now].filter(([other]) => includes(type, other)) : [];
  return [...wider, ...told].map(([, media]) => media);
}

function includes(range: string, type: string): boolean {
  if (range === "*/*") return true;
  return range.endsWith("/*") && type.startsWith(range.slice(0, -1));
}

function byMediaType(content: Part | undefined): Map<string, Part> {
  return new Map(children(content).map(([type, media]) => [normalMediaType(type), media]));
}

function compareMedia(scope: Scope, direction: Exclude<Direction, "both">, before: Part, after: Part): void {
  compareAnnotationsOf(scope, direction, before, after);
  const schemas = scope.schemas(schemaOf(before), schemaOf(after), direction);
  for (const observed of schemas) scope.report(observed.rule, observed.direction, observed, observed.facts);
  compareEncodings(scope, direction, child(before, "encoding"), child(after, "encoding"));
}

function schemaOf(media: Part): Site {
  const schema = child(media, "schema");
  return schema ? siteOf(schema) : anything(media.pointer);
}

/** How each part of a form is written. */
function compareEncodings(
  { report }: Scope,
  direction: Direction,
  before: Part | undefined,
  after: Part | undefined,
): void {
  const [old, now] = [new Map(children(before)), new Map(children(after))];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(name), now.get(name)];
    const place = other ? inHead(other.pointer) : inBase(one!.pointer);
    const [was, is] = [typesOf(one), typesOf(other)];
    // Where no type is said, it follows from the schema.
    if (was.length > 0 && is.length > 0) {
      for (const value of was) if (!is.includes(value)) report("part-type-removed", direction, place, { name, value });
      for (const value of is) if (!was.includes(value)) report("part-type-added", direction, place, { name, value });
    } else if (is.length > 0) {
      report("part-type-removed", direction, place, { name, value: `other than ${is.join(" or ")}` });
    } else if (was.length > 0) {
      report("part-type-added", direction, place, { name, value: "of another type" });
    }
    for (const keyword of ["style", "explode", "allowReserved"]) {
      const [value, next] = [objectOf(one)[keyword], objectOf(other)[keyword]];
      if (value === next) continue;
      report("part-serialization-changed", direction, place, {
        name,
        keyword,
        before: quote(value),
        after: quote(next),
      });
    }
  }
}

function typesOf(encoding: Part | undefined): string[] {
  const { contentType } = objectOf(encoding);
  return typeof contentType === "string" ? contentType.split(",").map((type) => normalMediaType(type)) : [];
}
