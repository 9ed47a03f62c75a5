import { expect, test } from "vitest";
import { documentedResponses } from "./documented-responses.ts";
import { violationsOfValue } from "./violations-of-value.ts";

const [success] = documentedResponses;
const { schema, examples } = success!.contents[0]!;
const response = examples.at(-1)!.value as Record<string, unknown>;
const usage = response.usage as Record<string, unknown>;

test.for([
  {
    what: "a missing `created`",
    change: { created: undefined },
    violation: " must have required property 'created'",
  },
  { what: "a time that is not an integer", change: { created: 0.5 }, violation: "/created must be integer" },
  {
    what: "a size that is not on the list",
    change: { size: "1x1" },
    violation: "/size must be equal to one of the allowed values",
  },
  {
    what: "an image that is null",
    change: { data: [{ b64_json: null }] },
    violation: "/data/0/b64_json must be string",
  },
  {
    what: "a count that is missing deep inside",
    change: { usage: { ...usage, input_tokens_details: { text_tokens: 0 } } },
    violation: "/usage/input_tokens_details must have required property 'image_tokens'",
  },
])("finds $what", ({ change, violation }) => {
  const changed: unknown = JSON.parse(JSON.stringify({ ...response, ...change }));
  expect(violationsOfValue(schema, changed)).toEqual([violation]);
});
