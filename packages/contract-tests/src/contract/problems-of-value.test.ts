import { expect, test } from "vitest";
import { documentedResponses } from "./documented-responses.ts";
import { problemsOfValue } from "./problems-of-value.ts";

const [success] = documentedResponses;
const { schema, examples } = success!.contents[0]!;
const answer = examples.at(-1)!.value as Record<string, unknown>;
const usage = answer.usage as Record<string, unknown>;

test.for([
  {
    what: "a missing `created`",
    departure: { created: undefined },
    problem: " must have required property 'created'",
  },
  { what: "a time that is no integer", departure: { created: 0.5 }, problem: "/created must be integer" },
  {
    what: "a size of no list",
    departure: { size: "1x1" },
    problem: "/size must be equal to one of the allowed values",
  },
  {
    what: "a picture that is null",
    departure: { data: [{ b64_json: null }] },
    problem: "/data/0/b64_json must be string",
  },
  {
    what: "a count that is missing deep inside",
    departure: { usage: { ...usage, input_tokens_details: { text_tokens: 0 } } },
    problem: "/usage/input_tokens_details must have required property 'image_tokens'",
  },
])("finds $what", ({ departure, problem }) => {
  const changed: unknown = JSON.parse(JSON.stringify({ ...answer, ...departure }));
  expect(problemsOfValue(schema, changed)).toEqual([problem]);
});
