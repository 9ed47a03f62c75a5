import { operation } from "../contract/operation.ts";
import type { AnyParameters } from "./any-parameters.ts";
import { differences, refused, type Difference } from "./differences.ts";
import { refusedBySchema, type Refused } from "./judges.ts";

const { properties = {} } = operation.request!.schema;

/** What a judge must refuse: what the schema refuses of the values as this judge reads them. */
export function expectedRefusals(judge: Difference["judge"], { hasImage, values }: AnyParameters): Refused {
  const read = Object.entries(values).map(([name, value]): [string, unknown] => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const difference = differences.find((candidate) => candidate.judge === judge && candidate.applies(value, schema));
    return [name, difference ? difference.readAs(value) : value];
  });
  const always = read.filter(([, value]) => value === refused).map(([name]) => name);
  const others = Object.fromEntries(read.filter(([, value]) => value !== refused));
  return [...always, ...refusedBySchema({ hasImage, values: others })].toSorted();
}
