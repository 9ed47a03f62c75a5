import type { StandardSchemaV1 } from "@standard-schema/spec";
import { expect, test } from "vitest";
import { type ImageCreateVariationParams, OpenAI } from "../index.ts";

function reporting(
  ...issues: readonly StandardSchemaV1.Issue[]
): StandardSchemaV1<unknown, ImageCreateVariationParams> {
  return { "~standard": { version: 1, vendor: "test", validate: () => ({ issues }) } };
}

test.for([
  {
    what: "a path, as Zod and Valibot have it",
    issue: { message: "Invalid input: expected number, received string", path: ["n"] },
    said: "n: Invalid input: expected number, received string",
  },
  { what: "a path of objects", issue: { message: "Required", path: [{ key: "image" }] }, said: "image: Required" },
  {
    what: "a longer path",
    issue: { message: "Too small", path: ["crop", 0, "width"] },
    said: "crop.0.width: Too small",
  },
  { what: "a message with the name", issue: { message: "'n' must be whole", path: ["n"] }, said: "'n' must be whole" },
  { what: "no path", issue: { message: "Unknown model" }, said: "Unknown model" },
  { what: "an empty path", issue: { message: "Not an object", path: [] }, said: "Not an object" },
])("an issue of `validate` names its parameter: $what", async ({ issue, said }) => {
  const client = new OpenAI({ apiKey: "key", validate: reporting(issue, { message: "And more", path: ["size"] }) });
  const error = await client.images
    .createVariation({ image: new File(["a"], "a.png") })
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  expect((error as Error).message).toBe(`400 ${said}\nsize: And more`);
});
