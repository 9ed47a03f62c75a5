import type { RuleName } from "../policy/rules.ts";
import { inBase, inHead, type Comparison, type Place } from "./comparison.ts";
import { quote } from "./describe.ts";
import { canonical } from "./normal-schema.ts";
import type { Part } from "./part.ts";

type Report = (rule: RuleName, place: Place, facts?: Readonly<Record<string, string>>) => void;
type AnnotationRule = (
  report: Report,
  place: Place,
  old: Part | undefined,
  now: Part | undefined,
  keyword: string,
) => void;

const description: AnnotationRule = (report, place, _old, _now, keyword) =>
  report("description-changed", place, { keyword });

/** How the keywords that only tell are compared; every other one is a vendor's. */
const annotationRules: ReadonlyMap<string, AnnotationRule> = new Map(
  Object.entries<AnnotationRule>({
    title: description,
    summary: description,
    description,
    example: description,
    examples: description,
    externalDocs: description,
    tags: description,
    default: (report, place, old, now) => {
      const rule = old && now ? "default-changed" : now ? "default-added" : "default-removed";
      report(rule, place, { before: quote(old?.value), after: quote(now?.value) });
    },
    deprecated: (report, place, old, now) => {
      if ((old?.value === true) === (now?.value === true)) return;
      report(now?.value === true ? "deprecated" : "undeprecated", place);
    },
  }),
);

/** Compares what is said beside the values. */
export function compareAnnotations({ before, after, report }: Comparison): void {
  compareAnnotationMaps(report, before.annotations, after.annotations);
}

/** Compares annotations by keyword, of a schema or of anything else that has them. */
export function compareAnnotationMaps(
  report: Report,
  before: ReadonlyMap<string, Part>,
  after: ReadonlyMap<string, Part>,
): void {
  for (const keyword of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(keyword), after.get(keyword)];
    if (old && now && canonical(old.value) === canonical(now.value)) continue;
    const place = now ? inHead(now.pointer) : inBase(old!.pointer);
    const rule = annotationRules.get(keyword);
    if (rule) rule(report, place, old, now, keyword);
    else report("extension-changed", place, { keyword });
  }
}
