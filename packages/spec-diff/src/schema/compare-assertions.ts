import type { RuleName } from "../policy/rules.ts";
import { inBase, inHead, type Comparison } from "./comparison.ts";
import { compareImageLimits } from "./compare-image-limits.ts";
import { quote } from "./describe.ts";
import { canonical, type NormalSchema } from "./normal-schema.ts";
import type { Part } from "./part.ts";
import { matchesEveryLine } from "./patterns.ts";
import { areSubject, subjectsOfRules } from "./subjects.ts";

/** Compares one keyword's value before and after, either of which may be missing, and which differ. */
type Comparer = (comparison: Comparison, keyword: string, old: Part | undefined, now: Part | undefined) => void;

/** How each keyword that states a rule of its own is compared. */
const comparers: Readonly<Record<string, Comparer>> = {
  pattern: byPresence("pattern-introduced", "pattern-lifted", patternRule),
  format: byPresence("format-introduced", "format-lifted", (old, now) => formatRule(old, now)),
  multipleOf: compareMultipleOf,
  uniqueItems: compareUniqueItems,
  contentEncoding: encoding,
  contentMediaType: encoding,
  xml: encoding,
  "x-image-limits": compareImageLimits,
};

/** Pairs of formats of which the first is a part of the second. */
const widerFormats: ReadonlySet<string> = new Set([
  "int32<int64",
  "int32<float",
  "int32<double",
  "int64<double",
  "float<double",
  "uri<uri-reference",
  "uri<iri",
  "uri<iri-reference",
  "uri-reference<iri-reference",
  "iri<iri-reference",
  "email<idn-email",
  "hostname<idn-hostname",
]);

/** Compares the keywords that stand for themselves: pattern, format and the like. */
export function compareAssertions(comparison: Comparison): void {
  const { before, after } = comparison;
  for (const [keyword, compare] of Object.entries(comparers)) {
    if (!concerns(before, keyword) || !concerns(after, keyword)) continue;
    const old = before.assertions.get(keyword);
    const now = after.assertions.get(keyword);
    if (old && now && canonical(old.value) === canonical(now.value)) continue;
    if (old || now) compare(comparison, keyword, old, now);
  }
}

/** Rules that listed values keep anyway: `keepsRules` leaves out those that don't, and a format is as the values are. */
const keptByValues: ReadonlySet<string> = new Set(["pattern", "multipleOf", "format"]);

function concerns({ types, values }: NormalSchema, keyword: string): boolean {
  if (values && keptByValues.has(keyword)) return false;
  const subject = subjectsOfRules.get(keyword);
  return !subject || areSubject(types, subject);
}

function byPresence(introduced: RuleName, lifted: RuleName, changed: (old: Part, now: Part) => RuleName): Comparer {
  return ({ report }, _, old, now) => {
    const rule = old && now ? changed(old, now) : now ? introduced : lifted;
    report(rule, now ? inHead(now.pointer) : inBase(old!.pointer), {
      before: quote(old?.value),
      after: quote(now?.value),
    });
  };
}

function patternRule(old: Part, now: Part): RuleName {
  if (matchesEveryLine(now.value)) return "pattern-lifted";
  return matchesEveryLine(old.value) ? "pattern-introduced" : "pattern-changed";
}

function formatRule(old: Part, now: Part): RuleName {
  if (widerFormats.has(`${String(old.value)}<${String(now.value)}`)) return "format-widened";
  return widerFormats.has(`${String(now.value)}<${String(old.value)}`) ? "format-narrowed" : "format-changed";
}

function compareMultipleOf(
  { report }: Comparison,
  keyword: string,
  old: Part | undefined,
  now: Part | undefined,
): void {
  const [before, after] = [old?.value, now?.value].map((value) => (typeof value === "number" ? value : undefined));
  const divides = (divisor: number | undefined, value: number | undefined): boolean =>
    divisor === undefined || Number.isInteger(Number(value) / divisor);
  const rule = divides(before, after) ? "limit-tightened" : divides(after, before) ? "limit-loosened" : "limit-changed";
  report(rule, now ? inHead(now.pointer) : inBase(old!.pointer), {
    keyword,
    before: quote(before),
    after: quote(after),
  });
}

function compareUniqueItems(
  { report }: Comparison,
  keyword: string,
  old: Part | undefined,
  now: Part | undefined,
): void {
  const [before, after] = [old !== undefined, now !== undefined];
  report(now ? "limit-tightened" : "limit-loosened", now ? inHead(now.pointer) : inBase(old!.pointer), {
    keyword,
    before: String(before),
    after: String(after),
  });
}

function encoding({ report }: Comparison, keyword: string, old: Part | undefined, now: Part | undefined): void {
  report("encoding-changed", now ? inHead(now.pointer) : inBase(old!.pointer), {
    keyword,
    before: quote(old?.value),
    after: quote(now?.value),
  });
}
