import { describe, expect, test } from "vitest";
import { documentedResponses } from "image-variations/conformance";
import { operation } from "../contract/operation.ts";
import { targetClients } from "../target/target-clients.ts";
import { target } from "../target/target.ts";
import { expectedRequestViolations } from "../wire/request-violations.ts";
import { postForm } from "../wire/post-form.ts";
import { readVerdict } from "../wire/read-verdict.ts";
import { sampleFile } from "../wire/sample-image.ts";

const invalid = [
  { what: "an empty header", authorization: "" },
  { what: "the scheme alone", authorization: "Bearer" },
  { what: "an empty key", authorization: "Bearer " },
  { what: "another scheme", authorization: `Basic ${btoa("user:password")}` },
  { what: "a key without its scheme", authorization: target.apiKey },
];

const unauthorized = {
  status: 401,
  responseViolations: [],
  requestViolations: expectedRequestViolations("request", 401),
};

test("the spec asks for a key, and documents the response to a request without one", () => {
  expect(operation.security).toEqual(["bearerAuth"]);
  expect(documentedResponses.map(({ status }) => status)).toContain(401);
});

test("a request with a key is accepted", async () => {
  expect(await readVerdict(await postForm())).toEqual({ status: 200, responseViolations: [], requestViolations: [] });
});

test.for(invalid)("a request with $what is rejected", async ({ authorization }) => {
  expect(await readVerdict(await postForm({ headers: { authorization } }))).toEqual(unauthorized);
});

test("a request without a key is rejected", async () => {
  const body = new FormData();
  body.append("image", sampleFile());
  const response = await fetch(target.url + operation.path, { method: operation.method, body });
  expect(await readVerdict(response)).toEqual(unauthorized);
});

describe.for(targetClients)("$client", ({ create, errors }) => {
  // Our client puts its key after a scheme that stands alone; the official one sends no empty header.
  const replaced = invalid.filter(({ authorization }) => !["", "Bearer"].includes(authorization.trim()));

  test.for(replaced)("throws AuthenticationError for $what", async ({ authorization }) => {
    const error: unknown = await create()
      .images.createVariation({ image: sampleFile() }, { headers: { authorization } })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(errors.AuthenticationError);
    expect((error as InstanceType<typeof errors.AuthenticationError>).status).toBe(401);
  });

  test("gets the key from a function if it is given one", async () => {
    const client = create({ apiKey: async () => target.apiKey });
    expect((await client.images.createVariation({ image: sampleFile() })).created).toEqual(expect.any(Number));
  });
});
