import { describe, expect, test } from "vitest";
import { violationsOfResponse } from "image-variations/conformance";
import { operation } from "../contract/operation.ts";
import { parameterCases } from "../contract/parameter-cases.ts";
import { createTargetClient, targetClients } from "../target/target-clients.ts";
import { postForm } from "../wire/post-form.ts";
import { readVerdict } from "../wire/read-verdict.ts";
import { expectedRequestViolations, readRequestViolations } from "../wire/request-violations.ts";
import { sampleFile } from "../wire/sample-image.ts";

const allowed = parameterCases.filter(({ forbiddenBy }) => !forbiddenBy);
const forbidden = parameterCases.flatMap(({ forbiddenBy, ...value }) =>
  forbiddenBy ? [{ ...value, forbiddenBy }] : [],
);
const { properties, required } = operation.request!.schema;
const nullable = Object.entries(properties!).flatMap(([name, { type, anyOf = [] }]) =>
  [type, ...anyOf.map((branch) => branch.type)].flat().includes("null") ? [name] : [],
);

const accepted = { status: 200, responseViolations: [], requestViolations: [] };
const rejected = { status: expect.toBeOneOf([400, 422]), responseViolations: [] };

describe("a plain form", () => {
  test.for(allowed)("is accepted with $what as $parameter: $value", async ({ parameter, value }) => {
    expect(await readVerdict(await postForm({ fields: { [parameter]: value } }))).toEqual(accepted);
  });

  test("is accepted with every parameter at once", async () => {
    const fields = Object.fromEntries(allowed.map(({ parameter, value }) => [parameter, value]));
    expect(await readVerdict(await postForm({ fields }))).toEqual(accepted);
  });

  test.for(forbidden)("is rejected with $what as $parameter: $value", async ({ parameter, value, forbiddenBy }) => {
    expect(await readVerdict(await postForm({ fields: { [parameter]: value } }))).toEqual({
      ...rejected,
      requestViolations: expectedRequestViolations(`request/body/${parameter}`, forbiddenBy),
    });
  });

  test("is rejected without the image, the only required part", async () => {
    expect(required).toEqual(["image"]);
    expect(await readVerdict(await postForm({ image: null }))).toEqual({
      ...rejected,
      requestViolations: expectedRequestViolations("request/body", "required"),
    });
  });
});

describe.for(targetClients)("$client", ({ create, errors }) => {
  const client = create();

  test.for(allowed)("gets the documented response with $what as $parameter: $value", async ({ parameter, value }) => {
    const params = { image: sampleFile(), [parameter]: value };
    const { data, response } = await client.images.createVariation(params).withResponse();
    expect(violationsOfResponse(response, data)).toEqual([]);
  });

  test.for(forbidden)(
    "throws the server's rejection of $what as $parameter: $value",
    async ({ parameter, value, forbiddenBy }) => {
      const params = { image: sampleFile(), [parameter]: value };
      const error: unknown = await client.images.createVariation(params).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(errors.APIError);
      const { status, headers } = error as InstanceType<typeof errors.APIError>;
      expect(status).toEqual(rejected.status);
      expect(readRequestViolations(headers!)).toEqual(
        expectedRequestViolations(`request/body/${parameter}`, forbiddenBy),
      );
    },
  );
});

describe("our client", () => {
  const client = createTargetClient();

  // The official one throws.
  test.for(nullable)("leaves %s to its default if it is null", async (parameter) => {
    const response = await client.images.createVariation({ image: sampleFile(), [parameter]: null });
    expect(response.created).toEqual(expect.any(Number));
  });
});
