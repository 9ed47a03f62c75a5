import type { APIError, ErrorResponse, ImageVariations } from "@image-variations/client";
import { describe, expect, test } from "vitest";
import { documentedResponses, violationsOfResponse } from "image-variations/conformance";
import { documentedExamples, type DocumentedExample } from "../contract/documented-examples.ts";
import { targetClients } from "../target/target-clients.ts";
import { target } from "../target/target.ts";
import { postForm } from "../wire/post-form.ts";
import { sampleFile } from "../wire/sample-image.ts";

/** The error classes that users of the official SDK catch, by status. */
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

const rejections = documentedExamples.filter(({ status }) => status >= 400);
const inEnvelope = rejections.filter(({ mediaType }) => mediaType === "application/json");
const asText = rejections.filter(({ mediaType }) => mediaType !== "application/json");
const successes = documentedExamples.filter(({ status }) => status < 400);

function asking({ status, mediaType, name }: DocumentedExample): Record<string, string> {
  return { prefer: `code=${status}, example=${name}`, accept: mediaType };
}

function sentHeaders({ headers }: DocumentedExample): Record<string, string> {
  return Object.fromEntries(headers.map(({ name, example }) => [name, String(example)]));
}

describe.runIf(target.isMock)("the mock", () => {
  test.for(documentedExamples)("responds $status with the example $name, as the spec says", async (example) => {
    const response = await postForm({ headers: asking(example) });
    const body: unknown = example.mediaType === "application/json" ? await response.json() : await response.text();
    expect(response.status).toBe(example.status);
    expect(body).toEqual(example.value);
    expect(Object.fromEntries(response.headers)).toMatchObject(sentHeaders(example));
    expect(violationsOfResponse(response, body)).toEqual([]);
  });

  test.for(documentedResponses)("responds $status with its first example if none is named", async (documented) => {
    const response = await postForm({ headers: { prefer: `code=${documented.status}`, accept: "application/json" } });
    expect(response.status).toBe(documented.status);
    expect(await response.json()).toEqual(documented.contents[0]!.examples[0]!.value);
  });
});

describe.runIf(target.isMock).for(targetClients)("$client", ({ create, errors }) => {
  const client = create();

  async function errorOf(example: DocumentedExample): Promise<APIError> {
    const error: unknown = await client.images
      .createVariation({ image: sampleFile() }, { headers: asking(example) })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(errors.APIError);
    return error as APIError;
  }

  test.for(inEnvelope)("throws $status $name with every field of the envelope", async (example) => {
    const error = await errorOf(example);
    const { error: envelope } = example.value as unknown as ErrorResponse;
    expect(error.constructor).toBe(classFor(errors, example.status));
    expect(error.message).toBe(`${example.status} ${envelope.message}`);
    const { status, code, param, type, error: body, requestID } = error;
    expect({ status, code, param, type, error: body }).toEqual({
      status: example.status,
      code: envelope.code,
      param: envelope.param,
      type: envelope.type,
      error: envelope,
    });
    expect(requestID).toBe(sentHeaders(example)["x-request-id"]);
    expect(Object.fromEntries(error.headers!)).toMatchObject(sentHeaders(example));
  });

  test.for(asText)("throws $status $name, which is a page instead of an envelope, and quotes it", async (example) => {
    const error = await errorOf(example);
    expect(error.constructor).toBe(classFor(errors, example.status));
    const { status, code, param, type, error: body, requestID, message } = error;
    expect({ status, code, param, type, error: body }).toEqual({ status: example.status });
    expect(message).toBe(`${example.status} ${example.value}`);
    expect(requestID).toBe(sentHeaders(example)["x-request-id"]);
  });

  test.for(successes)("returns $status $name as it came", async (example) => {
    const promise = client.images.createVariation({ image: sampleFile() }, { headers: asking(example) });
    const { data, response, request_id: requestID } = await promise.withResponse();
    expect(data).toEqual(example.value);
    expect(await promise).toBe(data);
    expect(requestID).toBe(sentHeaders(example)["x-request-id"]);
    expect(data._request_id).toBe(requestID);
    expect(Object.keys(data), "_request_id is there and is not listed").not.toContain("_request_id");
    expect(response.status).toBe(example.status);
  });

  test.for(successes)("gives $status $name unread if the response is asked for", async (example) => {
    const response = await client.images
      .createVariation({ image: sampleFile() }, { headers: asking(example) })
      .asResponse();
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toEqual(example.value);
  });
});

test("the spec documents every status that has a class of its own", () => {
  const documented = documentedResponses.map(({ status }) => status);
  expect(documented).toEqual(expect.arrayContaining(Object.keys(classes).map(Number)));
});
