import type { APIError, ErrorResponse, ImageVariations } from "@image-variations/client";
import { describe, expect, test } from "vitest";
import { documentedResponses, violationsOfResponse } from "image-variations/conformance";
import { targetClients } from "../target/target-clients.ts";
import { target } from "../target/target.ts";
import { postForm } from "../wire/post-form.ts";
import { sampleFile } from "../wire/sample-picture.ts";

/** What users of the official SDK catch, by the names that it has for them. */
const classes = {
  400: "BadRequestError",
  401: "AuthenticationError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  409: "ConflictError",
  422: "UnprocessableEntityError",
  429: "RateLimitError",
} as const;

function classFor(errors: typeof ImageVariations, status: number): unknown {
  const name = Object.hasOwn(classes, status) ? classes[status as keyof typeof classes] : undefined;
  return errors[name ?? (status >= 500 ? "InternalServerError" : "APIError")];
}

/** Every answer that the spec has an example of. */
const answers = documentedResponses.flatMap(({ status, headers, contents }) =>
  contents.flatMap(({ mediaType, examples }) =>
    examples.map(({ name, value }) => ({ status, headers, mediaType, name, value })),
  ),
);
const refusals = answers.filter(({ status }) => status >= 400);
const inEnvelope = refusals.filter(({ mediaType }) => mediaType === "application/json");
const asText = refusals.filter(({ mediaType }) => mediaType !== "application/json");
const successes = answers.filter(({ status }) => status < 400);

type Answer = (typeof answers)[number];

function asking({ status, mediaType, name }: Answer): Record<string, string> {
  return { prefer: `code=${status}, example=${name}`, accept: mediaType };
}

function sentHeaders({ headers }: Answer): Record<string, string> {
  return Object.fromEntries(headers.map(({ name, example }) => [name, String(example)]));
}

describe.runIf(target.isMock)("the mock", () => {
  test.for(answers)("answers $status with the example $name, as the spec says", async (answer) => {
    const response = await postForm({ headers: asking(answer) });
    const body: unknown = answer.mediaType === "application/json" ? await response.json() : await response.text();
    expect(response.status).toBe(answer.status);
    expect(body).toEqual(answer.value);
    expect(Object.fromEntries(response.headers)).toMatchObject(sentHeaders(answer));
    expect(violationsOfResponse(response, body)).toEqual([]);
  });

  test.for(documentedResponses)("answers $status with its first example where none is named", async (documented) => {
    const response = await postForm({ headers: { prefer: `code=${documented.status}`, accept: "application/json" } });
    expect(response.status).toBe(documented.status);
    expect(await response.json()).toEqual(documented.contents[0]!.examples[0]!.value);
  });
});

describe.runIf(target.isMock).for(targetClients)("$client", ({ create, errors }) => {
  const client = create();

  async function errorOf(answer: Answer): Promise<APIError> {
    const error: unknown = await client.images
      .createVariation({ image: sampleFile() }, { headers: asking(answer) })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(errors.APIError);
    return error as APIError;
  }

  test.for(inEnvelope)("throws $status $name with all that the envelope holds", async (answer) => {
    const error = await errorOf(answer);
    const { error: envelope } = answer.value as unknown as ErrorResponse;
    expect(error.constructor).toBe(classFor(errors, answer.status));
    expect(error.message).toBe(`${answer.status} ${envelope.message}`);
    const { status, code, param, type, error: body, requestID } = error;
    expect({ status, code, param, type, error: body }).toEqual({
      status: answer.status,
      code: envelope.code,
      param: envelope.param,
      type: envelope.type,
      error: envelope,
    });
    expect(requestID).toBe(sentHeaders(answer)["x-request-id"]);
    expect(Object.fromEntries(error.headers!)).toMatchObject(sentHeaders(answer));
  });

  test.for(asText)("throws $status $name, which is no envelope but a page, and quotes it", async (answer) => {
    const error = await errorOf(answer);
    expect(error.constructor).toBe(classFor(errors, answer.status));
    const { status, code, param, type, error: body, requestID, message } = error;
    expect({ status, code, param, type, error: body }).toEqual({ status: answer.status });
    expect(message).toBe(`${answer.status} ${answer.value}`);
    expect(requestID).toBe(sentHeaders(answer)["x-request-id"]);
  });

  test.for(successes)("returns $status $name as it came", async (answer) => {
    const promise = client.images.createVariation({ image: sampleFile() }, { headers: asking(answer) });
    const { data, response, request_id: requestID } = await promise.withResponse();
    expect(data).toEqual(answer.value);
    expect(await promise).toBe(data);
    expect(requestID).toBe(sentHeaders(answer)["x-request-id"]);
    expect(data._request_id).toBe(requestID);
    expect(Object.keys(data), "_request_id is there and is not listed").not.toContain("_request_id");
    expect(response.status).toBe(answer.status);
  });

  test.for(successes)("gives $status $name unread to whoever asks for the response", async (answer) => {
    const response = await client.images
      .createVariation({ image: sampleFile() }, { headers: asking(answer) })
      .asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual(answer.value);
  });
});

test("the spec documents every status that has a class of its own", () => {
  const documented = documentedResponses.map(({ status }) => status);
  expect(documented).toEqual(expect.arrayContaining(Object.keys(classes).map(Number)));
});
