import { describe, expect, test } from "vitest";
import { violationsOfResponse } from "image-variations/conformance";
import { operation } from "../contract/operation.ts";
import { parameterCases } from "../contract/parameter-cases.ts";
import { createTargetClient } from "../target/create-target-client.ts";
import { targetClients } from "../target/target-clients.ts";
import { expectedViolations } from "../wire/expected-violations.ts";
import { postForm } from "../wire/post-form.ts";
import { readVerdict } from "../wire/read-verdict.ts";
import { readViolations } from "../wire/read-violations.ts";
import { sampleFile } from "../wire/sample-picture.ts";

const allowed = parameterCases.filter(({ forbiddenBy }) => !forbiddenBy);
const forbidden = parameterCases.flatMap(({ forbiddenBy, ...value }) =>
  forbiddenBy ? [{ ...value, forbiddenBy }] : [],
);
const { properties, required } = operation.request!.schema;
const nullable = Object.entries(properties!).flatMap(([name, { type, anyOf = [] }]) =>
  [type, ...anyOf.map((branch) => branch.type)].flat().includes("null") ? [name] : [],
);

const accepted = { status: 200, problems: [], violations: [] };
const rejected = { status: expect.toBeOneOf([400, 422]), problems: [] };

describe("a plain form", () => {
  test.for(allowed)("is taken with $what as $parameter: $value", async ({ parameter, value }) => {
    expect(await readVerdict(await postForm({ fields: { [parameter]: value } }))).toEqual(accepted);
  });

  test("is taken with every parameter at once", async () => {
    const fields = Object.fromEntries(allowed.map(({ parameter, value }) => [parameter, value]));
    expect(await readVerdict(await postForm({ fields }))).toEqual(accepted);
  });

  test.for(forbidden)("is rejected with $what as $parameter: $value", async ({ parameter, value, forbiddenBy }) => {
    expect(await readVerdict(await postForm({ fields: { [parameter]: value } }))).toEqual({
      ...rejected,
      violations: expectedViolations(`request/body/${parameter}`, forbiddenBy),
    });
  });

  test("is rejected without the image, which alone is required", async () => {
    expect(required).toEqual(["image"]);
    expect(await readVerdict(await postForm({ image: null }))).toEqual({
      ...rejected,
      violations: expectedViolations("request/body", "required"),
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
      expect(readViolations(headers!)).toEqual(expectedViolations(`request/body/${parameter}`, forbiddenBy));
    },
  );
});

describe("our client", () => {
  const client = createTargetClient();

  // The official one throws.
  test.for(nullable)("leaves %s to its default where it is null", async (parameter) => {
    const response = await client.images.createVariation({ image: sampleFile(), [parameter]: null });
    expect(response.created).toEqual(expect.any(Number));
  });
});
