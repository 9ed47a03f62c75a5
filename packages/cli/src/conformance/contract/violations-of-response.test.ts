import { expect, test } from "vitest";
import { documentedResponses } from "./documented-responses.ts";
import { violationsOfResponse } from "./violations-of-response.ts";

const [success] = documentedResponses;
const response = success!.contents[0]!.examples.at(-1)!.value;

test("finds a status, a media type and a header that the spec does not know", () => {
  const json = { "content-type": "application/json" };
  expect(violationsOfResponse(new Response(null, { status: 418 }), {})).toEqual(["The status 418 is not documented."]);
  expect(violationsOfResponse(new Response(null, { headers: { "content-type": "text/html" } }), "")).toEqual([
    "The media type text/html is not documented for 200.",
  ]);
  expect(
    violationsOfResponse(new Response(null, { headers: { ...json, "x-ratelimit-limit-requests": "many" } }), response),
  ).toEqual(["x-ratelimit-limit-requests must be integer"]);
});
