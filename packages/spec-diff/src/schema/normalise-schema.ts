import { isObject, type JsonObject, type JsonValue } from "@image-variations/codegen/document";
import { canonical, isLowerBound, type Bound, type NormalSchema, type Union } from "./normal-schema.ts";
import { typeNames, type TypeName } from "./type-names.ts";
import { keepsRules, typeOf } from "./keeps-rules.ts";
import { children, objectOf, pointTo, referenced, resolved, type Part } from "./part.ts";
import { matchesEverything } from "./patterns.ts";
import { keyOf, siteOf, type Site } from "./site.ts";
import type { Spec } from "./spec.ts";

const boundKeywords: ReadonlySet<string> = new Set(
  "minimum maximum minLength maxLength minItems maxItems minProperties maxProperties minContains maxContains".split(
    " ",
  ),
);

const assertionKeywords: ReadonlySet<string> = new Set(
  "pattern format multipleOf uniqueItems contentEncoding contentMediaType xml x-image-limits".split(" "),
);

const conditionKeywords: ReadonlySet<string> = new Set(
  (
    "not if then else dependentRequired dependentSchemas dependencies unevaluatedProperties unevaluatedItems " +
    "contentSchema $dynamicRef"
  ).split(" "),
);

/** Limits that rule nothing out: as if they were not written. */
const freeBounds: Readonly<Record<string, number>> = { minLength: 0, minItems: 0, minProperties: 0 };

/** Keywords that `normaliseSchema` reads itself. Whatever is in none of these lists is an annotation. */
const structuralKeywords: ReadonlySet<string> = new Set(
  (
    "$ref type nullable enum const properties required patternProperties additionalProperties propertyNames items " +
    "prefixItems contains allOf anyOf oneOf discriminator exclusiveMinimum exclusiveMaximum readOnly writeOnly " +
    "$defs definitions $schema $id $anchor $dynamicAnchor $comment"
  ).split(" "),
);

/** What is gathered while a site's parts are read. */
interface Draft {
  pointer: string;
  impossible: boolean;
  types: ReadonlySet<TypeName> | undefined;
  /** Whether each part allows null: `always` where it says so in so many words, which outweighs a part that forgot it. */
  nullVotes: ("always" | boolean)[];
  values: Map<string, Part> | undefined;
  bounds: Map<string, Bound>;
  assertions: Map<string, Part>;
  conditions: Map<string, Part>;
  properties: Map<string, Site>;
  required: Map<string, Part>;
  patternProperties: Map<string, Site>;
  additional: Site | false | undefined;
  propertyNames: Site | undefined;
  items: Site | undefined;
  prefixItems: Site[];
  contains: Site | undefined;
  unions: Union[];
  discriminator: Part | undefined;
  annotations: Map<string, Part>;
}

/** What is known while the schemas of one document are read. */
interface Reading {
  readonly spec: Spec;
  readonly done: Map<string, NormalSchema>;
  /** The sites that are being read, which a schema that contains itself meets again. */
  readonly started: Set<string>;
}

/** A part that is read into a draft. */
interface Step {
  readonly draft: Draft;
  readonly site: Site;
  readonly part: Part;
  /** The pointers that led here, so that a schema which is a member of its own allOf is read once. */
  readonly path: ReadonlySet<string>;
  /** Whether the part is the site's own schema and not a member of its allOf: what it says of itself wins. */
  readonly leads: boolean;
}

/** Reads the schemas of one document into their normal form. Each place is read once. */
export function createNormaliser(spec: Spec): (site: Site) => NormalSchema {
  const reading: Reading = { spec, done: new Map(), started: new Set() };
  const known = new WeakMap<Site, NormalSchema>();
  return (site) => {
    let schema = known.get(site);
    if (!schema) known.set(site, (schema = normalise(reading, site)));
    return schema;
  };
}

function normalise(reading: Reading, site: Site): NormalSchema {
  const key = keyOf(site);
  const known = reading.done.get(key);
  if (known) return known;
  reading.started.add(key);
  const draft = emptyDraft(site.parts[0].pointer);
  for (const part of site.parts)
    collect(reading, { draft, site, part, path: new Set(), leads: part === site.parts[0] });
  const read = finish(reading, draft);
  const typed = site.onlyType ? narrowTo(read, site.onlyType) : read;
  const schema = site.withoutNull || site.onlyType ? { ...typed, nullable: false } : typed;
  reading.started.delete(key);
  reading.done.set(key, schema);
  return schema;
}

function collect(reading: Reading, step: Step): void {
  const { draft, leads } = step;
  const { parts, path } = followed(reading, step);
  // What a reference leads to comes first, and what stands beside the reference after it.
  for (const part of parts.toReversed()) {
    collectKeywords(draft, part, leads);
    const schema = objectOf(part);
    lift(draft, schema, part.pointer);
    collectTypes(draft, schema, part);
    collectMembers(reading, { ...step, part, path });
  }
}

/** A schema and those that its `$ref` leads to, one after the other: there may be thousands. */
function followed(
  { spec }: Reading,
  { draft, part, leads, path }: Step,
): { readonly parts: readonly Part[]; readonly path: ReadonlySet<string> } {
  const parts: Part[] = [];
  const seen = new Set(path);
  for (let next: Part | undefined = part; next; next = referenced(spec, next)) {
    if (leads) draft.pointer = next.pointer;
    if (next.value === false) draft.impossible = true;
    if (!isObject(next.value) || seen.has(next.pointer)) break;
    seen.add(next.pointer);
    parts.push(next);
  }
  return { parts, path: seen };
}

function collectKeywords(draft: Draft, part: Part, leads: boolean): void {
  const schema = objectOf(part);
  for (const [key, item] of children(part)) {
    readers.get(key)?.(draft, item, schema);
    const bound = boundOf(schema, key);
    if (bound !== undefined) {
      if (bound.value !== freeBounds[key]) tighten(draft, key, { ...bound, pointer: item.pointer });
    } else if (assertionKeywords.has(key)) {
      if (!saysNothing(key, schema)) draft.assertions.set(key, item);
    } else if (conditionKeywords.has(key)) draft.conditions.set(key, item);
    // What the schema says of itself outweighs what the members of its allOf say of themselves.
    else if (!structuralKeywords.has(key) && (leads || !draft.annotations.has(key))) draft.annotations.set(key, item);
  }
}

function collectTypes(draft: Draft, schema: JsonObject, part: Part): void {
  const named = [schema.type ?? []].flat().filter((type) => typeof type === "string");
  const listed = listedValues(schema, part);
  const types = named.length > 0 ? without(named) : listed ? typesOf(listed) : impliedTypes(schema);
  if (types) restrictTypes(draft, types);
  if (listed) draft.values = draft.values ? shared(draft.values, listed) : listed;

  if (schema.nullable === true) draft.nullVotes.push("always");
  else if (named.length > 0 || listed) {
    const typed = named.length === 0 || named.includes("null");
    const inList = !listed || hasNull(schema);
    draft.nullVotes.push(typed && inList);
  } else if (types) draft.nullVotes.push(false);
}

function collectMembers(reading: Reading, step: Step): void {
  const { part, site } = step;
  for (const [, member] of children(childOf(part, "allOf"))) collect(reading, { ...step, part: member, leads: false });
  for (const kind of ["oneOf", "anyOf"] as const) {
    const list = childOf(part, kind);
    if (list && Array.isArray(list.value) && !site.skip.has(list.pointer)) collectUnion(reading, step, kind, list);
  }
}

function collectUnion(reading: Reading, step: Step, kind: "oneOf" | "anyOf", list: Part): void {
  const { draft, path } = step;
  const all = children(list)
    .map(([, branch]) => branch)
    // A union that has itself as a branch allows nothing more by it.
    .filter((branch) => !path.has(resolved(reading.spec, branch).pointer));
  const branches = all.filter((branch) => !isNullAlone(reading.spec, branch));
  if (branches.length < all.length) draft.nullVotes.push("always");
  const [first, ...others] = branches;
  // A list without branches is not a legal schema; those who write one mean nothing by it.
  if (first === undefined) {
    if (all.length > 0) draft.types = new Set();
  } else if (others.length === 0) collect(reading, { ...step, part: first, leads: false });
  else if (!collectSimpleUnion(reading, draft, branches)) {
    draft.unions.push({ kind, pointer: list.pointer, branches: branches.map((branch) => siteOf(branch)) });
  }
}

/** Reads a union of values as one list of values, and a union of types as one list of types. False of any other. */
function collectSimpleUnion(reading: Reading, draft: Draft, branches: readonly Part[]): boolean {
  const simple = branches.map((branch) => simpleBranch(reading, branch)).filter((branch) => branch !== undefined);
  if (simple.length < branches.length) return false;
  const values = simple.flatMap((branch) => (branch.values ? [branch.values] : []));
  const types = simple.flatMap((branch) => (branch.types && !branch.values ? [branch.types] : []));
  if (values.length === simple.length) {
    const listed = new Map(values.flatMap((some) => [...some]));
    draft.values = draft.values ? shared(draft.values, listed) : listed;
    restrictTypes(draft, typesOf(listed));
  } else if (types.length === simple.length) restrictTypes(draft, new Set(types.flatMap((some) => [...some])));
  else return false;
  draft.nullVotes.push(simple.some(({ nullable }) => nullable) && "always");
  return true;
}

function restrictTypes(draft: Draft, types: Set<TypeName>): void {
  draft.types = draft.types ? intersect(draft.types, types) : types;
}

function isNullAlone(spec: Spec, branch: Part): boolean {
  const target = resolved(spec, branch);
  if (!isObject(target.value)) return false;
  const { type, enum: values } = target.value;
  const one = "const" in target.value ? [target.value.const] : values;
  const nullType = Array.isArray(type) ? type.length === 1 && type[0] === "null" : type === "null";
  return nullType || (Array.isArray(one) && one.length > 0 && one.every((value) => value === null));
}

/** A branch that says nothing but types, or nothing but values; undefined of any other. */
function simpleBranch(reading: Reading, branch: Part): NormalSchema | undefined {
  const site = siteOf(resolved(reading.spec, branch));
  // A union that has itself as a branch of a branch is not simple.
  if (reading.started.has(keyOf(site))) return undefined;
  const schema = normalise(reading, site);
  return isBare(schema) ? schema : undefined;
}

function finish(reading: Reading, draft: Draft): NormalSchema {
  const { impossible, nullVotes, types, values, unions, ...rest } = draft;
  // What is listed has to keep the other rules too.
  const listed = values && new Map([...values].filter(([, { value }]) => keepsRules(draft, value)));
  // A value rules out the types that it is not of, and a list of values may rule out all of them.
  const possible = listed && types ? intersect(types, typesOf(listed)) : types;
  const legal = impossible ? new Set<TypeName>() : possible;
  const nullable = !impossible && isNullable(reading, { nullVotes, types: legal, unions });
  return { ...rest, types: legal, values: listed, unions, nullable };
}

function isNullable(
  reading: Reading,
  { nullVotes, types, unions }: Pick<Draft, "nullVotes" | "types" | "unions">,
): boolean {
  if (nullVotes.includes("always")) return true;
  if (nullVotes.length > 0) return nullVotes.every(Boolean);
  if (unions.length === 0) return types === undefined;
  return unions.every(({ branches }) =>
    branches.some((branch) => !reading.started.has(keyOf(branch)) && normalise(reading, branch).nullable),
  );
}

/** Whether a schema says nothing but which types, or which values, are legal. */
function isBare(schema: NormalSchema): boolean {
  const { bounds, assertions, conditions, properties, required, patternProperties, prefixItems, unions } = schema;
  const stated = [bounds, assertions, conditions, properties, required, patternProperties];
  const { additional, propertyNames, items, contains, discriminator } = schema;
  return (
    stated.every(({ size }) => size === 0) &&
    [additional, propertyNames, items, contains, discriminator].every((one) => one === undefined) &&
    prefixItems.length === 0 &&
    unions.length === 0
  );
}

/** A schema of several types, as far as it is of one. */
function narrowTo(schema: NormalSchema, type: TypeName): NormalSchema {
  const values = schema.values && new Map([...schema.values].filter(([, { value }]) => isOfType(value, type)));
  return { ...schema, types: new Set([type]), values };
}

function isOfType(value: JsonValue, type: TypeName): boolean {
  return typeOf(value) === type || (type === "number" && typeof value === "number");
}

/** Whether a keyword only tells, and rules nothing out. */
export function isAnnotation(key: string): boolean {
  return !(
    structuralKeywords.has(key) ||
    assertionKeywords.has(key) ||
    conditionKeywords.has(key) ||
    boundKeywords.has(key)
  );
}

/** Formats that numbers have anyway: as wide as what programs keep them in. */
const widestFormats: ReadonlyMap<string, string> = new Map([
  ["int64", "integer"],
  ["double", "number"],
]);

/** The range of a 32-bit integer, within which its format adds nothing. */
const int32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

function saysNothing(key: string, schema: JsonObject): boolean {
  const { format, minimum, maximum } = schema;
  const types = new Set([schema.type ?? []].flat());
  if (key === "uniqueItems") return schema.uniqueItems !== true;
  if (key === "multipleOf") return schema.multipleOf === 1 && types.has("integer") && !types.has("number");
  if (key === "pattern") return matchesEverything(schema.pattern);
  if (key !== "format" || typeof format !== "string") return false;
  const own = widestFormats.get(format);
  if (own !== undefined && types.has(own)) return true;
  return format === "int32" && Number(minimum) >= int32.minimum && Number(maximum) <= int32.maximum;
}

type Reader = (draft: Draft, item: Part, schema: JsonObject) => void;

const readers: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    properties: (draft, item) => {
      for (const [name, property] of children(item)) merge(draft.properties, name, property);
    },
    patternProperties: (draft, item) => {
      for (const [pattern, property] of children(item)) merge(draft.patternProperties, pattern, property);
    },
    required: (draft, item) => {
      for (const [, name] of children(item)) if (typeof name.value === "string") draft.required.set(name.value, name);
    },
    additionalProperties: (draft, item) => {
      if (draft.additional === false || item.value === true || isEmpty(item.value)) return;
      draft.additional = item.value === false ? false : join(draft.additional, item);
    },
    propertyNames: (draft, item) => {
      draft.propertyNames = join(draft.propertyNames, item);
    },
    items: (draft, item) => {
      if (Array.isArray(item.value)) draft.prefixItems = children(item).map(([, one]) => siteOf(one));
      else if (item.value !== true && !isEmpty(item.value)) draft.items = join(draft.items, item);
    },
    prefixItems: (draft, item) => {
      draft.prefixItems = children(item).map(([, one]) => siteOf(one));
    },
    contains: (draft, item) => {
      draft.contains = join(draft.contains, item);
    },
    discriminator: (draft, item) => {
      draft.discriminator = item;
    },
  }),
);

function join(site: Site | undefined | false, part: Part): Site {
  return site ? { ...site, parts: [...site.parts, part] } : siteOf(part);
}

function merge(sites: Map<string, Site>, name: string, part: Part): void {
  sites.set(name, join(sites.get(name), part));
}

/** An inclusive limit, or an exclusive one in either of its two spellings, under the inclusive one's name. */
function boundOf(schema: JsonObject, key: string): Omit<Bound, "pointer"> | undefined {
  const value = schema[key];
  if (!boundKeywords.has(key) || typeof value !== "number") return undefined;
  const exclusive = key === "minimum" ? schema.exclusiveMinimum : key === "maximum" ? schema.exclusiveMaximum : false;
  return { value, exclusive: exclusive === true };
}

/** `exclusiveMinimum` and `exclusiveMaximum` as numbers, as JSON Schema has them since OpenAPI 3.1. */
function lift(draft: Draft, schema: JsonObject, pointer: string): void {
  const pairs = [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const;
  for (const [name, spelling] of pairs) {
    const value = schema[spelling];
    if (typeof value === "number") {
      tighten(draft, name, { value, exclusive: true, pointer: pointTo(pointer, spelling) });
    }
  }
}

function tighten(draft: Draft, key: string, bound: Bound): void {
  const present = draft.bounds.get(key);
  const sign = isLowerBound(key) ? 1 : -1;
  const tighter =
    !present ||
    bound.value * sign > present.value * sign ||
    (bound.value === present.value && bound.exclusive && !present.exclusive);
  if (tighter) draft.bounds.set(key, bound);
}

function listedValues(schema: JsonObject, part: Part): Map<string, Part> | undefined {
  if ("const" in schema) {
    const one = childOf(part, "const")!;
    return new Map(one.value === null ? [] : [[canonical(one.value), one]]);
  }
  const list = childOf(part, "enum");
  if (!list || !Array.isArray(list.value)) return undefined;
  const present = children(list).filter(([, item]) => item.value !== null);
  return new Map(present.map(([, item]) => [canonical(item.value), item]));
}

function hasNull(schema: JsonObject): boolean {
  return "const" in schema ? schema.const === null : Array.isArray(schema.enum) && schema.enum.includes(null);
}

function childOf(part: Part, key: string): Part | undefined {
  const value = objectOf(part)[key];
  return value === undefined ? undefined : { value, pointer: pointTo(part.pointer, key) };
}

function without(names: readonly string[]): Set<TypeName> {
  return new Set(typeNames.filter((name) => names.includes(name)));
}

/** Many schemas of objects and lists don't say that they are. */
function impliedTypes(schema: JsonObject): Set<TypeName> | undefined {
  const objectWords = ["properties", "additionalProperties", "patternProperties", "required"];
  if (objectWords.some((key) => key in schema)) return new Set(["object"]);
  return "items" in schema || "prefixItems" in schema ? new Set(["array"]) : undefined;
}

function typesOf(values: ReadonlyMap<string, Part>): Set<TypeName> {
  return new Set([...values.values()].map(({ value }) => typeOf(value)));
}

/** The types that both sets have; an integer is a number. */
function intersect(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): Set<TypeName> {
  const has = (set: ReadonlySet<TypeName>, type: TypeName): boolean =>
    set.has(type) || (type === "integer" && set.has("number"));
  return new Set(typeNames.filter((type) => has(a, type) && has(b, type)));
}

function shared(a: ReadonlyMap<string, Part>, b: ReadonlyMap<string, Part>): Map<string, Part> {
  return new Map([...a].filter(([key]) => b.has(key)));
}

function isEmpty(value: JsonValue): boolean {
  return isObject(value) && Object.keys(value).every((key) => isAnnotation(key));
}

function emptyDraft(pointer: string): Draft {
  return {
    pointer,
    impossible: false,
    types: undefined,
    nullVotes: [],
    values: undefined,
    bounds: new Map(),
    assertions: new Map(),
    conditions: new Map(),
    properties: new Map(),
    required: new Map(),
    patternProperties: new Map(),
    additional: undefined,
    propertyNames: undefined,
    items: undefined,
    prefixItems: [],
    contains: undefined,
    unions: [],
    discriminator: undefined,
    annotations: new Map(),
  };
}
