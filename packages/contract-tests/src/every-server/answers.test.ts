import { describe, expect, test } from "vitest";
import { documentedResponses } from "../contract/documented-responses.ts";
import { problemsOfAnswer, problemsOfValue } from "../contract/problems-of-answer.ts";
import { createTargetClient } from "../target/create-target-client.ts";
import { target } from "../target/target.ts";
import { readPngHeader } from "../wire/read-png-header.ts";
import { sampleFile } from "../wire/sample-picture.ts";

// The mock has an answer for each format, and must be told which.
const asBase64 = target.isMock ? { headers: { prefer: "example=b64_json" } } : {};

describe("pictures asked for as base64", () => {
  test("are as many as were asked for, and each is a PNG of equal width and height", async () => {
    const { data, response } = await createTargetClient()
      .images.createVariation({ image: sampleFile(), n: 2, response_format: "b64_json", size: "256x256" }, asBase64)
      .withResponse();
    expect(problemsOfAnswer(response, data)).toEqual([]);
    expect(data.data).toHaveLength(2);
    for (const picture of data.data!) {
      expect(picture.url).toBeUndefined();
      expect(picture.b64_json).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
      const { width, height } = readPngHeader(Buffer.from(picture.b64_json!, "base64"));
      expect(width).toBeGreaterThan(0);
      expect(height).toBe(width);
    }
  });
});

describe("pictures asked for as nothing in particular", () => {
  test("come as one URL, the defaults of the contract", async () => {
    const answer = await createTargetClient().images.createVariation({ image: sampleFile() });
    expect(answer.data).toEqual([{ url: expect.any(String) }]);
    expect(URL.canParse(answer.data![0]!.url!)).toBe(true);
  });
});

describe("the judge itself", () => {
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

  test("finds a status, a media type and a header that the spec does not know", () => {
    const json = { "content-type": "application/json" };
    expect(problemsOfAnswer(new Response(null, { status: 418 }), {})).toEqual(["The status 418 is not documented."]);
    expect(problemsOfAnswer(new Response(null, { headers: { "content-type": "text/html" } }), "")).toEqual([
      "The media type text/html is not documented for 200.",
    ]);
    expect(
      problemsOfAnswer(new Response(null, { headers: { ...json, "x-ratelimit-limit-requests": "many" } }), answer),
    ).toEqual(["x-ratelimit-limit-requests must be integer"]);
  });
});
