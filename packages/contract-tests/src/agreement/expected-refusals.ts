import { operation } from "../contract/operation.ts";
import type { AnyParameters } from "./any-parameters.ts";
import { differences, refused, type Difference } from "./differences.ts";
import { refusedBySchema, type Refused } from "./judges.ts";

const { properties = {} } = operation.request!.schema;

/** What a judge must refuse: what the schema refuses of the values as this judge reads them. */
export function expectedRefusals(judge: Difference["judge"], { hasImage, values }: AnyParameters): Refused {
  const read = Object.entries(values).map(([name, value]): [string, unknown] => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const kinds = differences.filter((difference) => difference.judge === judge);
    return [name, kinds.reduce((as, kind) => (kind.applies(as, schema) ? kind.readAs(as) : as), value)];
  });
  const always = read.filter(([, value]) => value === refused).map(([name]) => name);
  const others = Object.fromEntries(read.filter(([, value]) => value !== refused));
  return [...always, ...refusedBySchema({ hasImage, values: others })].toSorted();
}
