import { operation } from "../contract/operation.ts";
import type { AnyParameters } from "./any-parameters.ts";
import { differences, rejected, type Difference } from "./differences.ts";
import { rejectedBySchema, type RejectedNames } from "./verdicts.ts";

const { properties = {} } = operation.request!.schema;

/** What validation or the mock must reject: what the schema rejects of the values as they read them. */
export function expectedRejections(
  verdictOf: Difference["verdictOf"],
  { hasImage, values }: AnyParameters,
): RejectedNames {
  const read = Object.entries(values).map(([name, value]): [string, unknown] => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const kinds = differences.filter((difference) => difference.verdictOf === verdictOf);
    return [name, kinds.reduce((as, kind) => (kind.applies(as, schema) ? kind.readAs(as) : as), value)];
  });
  const always = read.filter(([, value]) => value === rejected).map(([name]) => name);
  const others = Object.fromEntries(read.filter(([, value]) => value !== rejected));
  return [...always, ...rejectedBySchema({ hasImage, values: others })].toSorted();
}
