import { document } from "@image-variations/spec";
import { expect, test } from "vitest";
import { createImageVariation as table } from "../generated/parameter-tables.ts";
import { imageNotAccepted } from "../request/image-not-accepted.ts";
import { errorReply } from "../response/error-reply.ts";
import type { RequestError } from "./request-error.ts";
import { invalidApiKey, serverFailed, tooSlow, unsupportedContentType } from "./wire-errors.ts";

const { responses } = document.components;
const examplesOf = (name: keyof typeof responses) => responses[name].content["application/json"].examples;

test.for<[string, RequestError, object]>([
  ["an unknown key", invalidApiKey("fake_key"), examplesOf("Unauthorized")],
  ["a body that is not a form", unsupportedContentType("application/json"), examplesOf("BadRequest")],
  ["a file that is not an image", imageNotAccepted(table), examplesOf("BadRequest")],
  ["a failure", serverFailed(), examplesOf("InternalServerError")],
  ["a request that takes too long", tooSlow(), examplesOf("GatewayTimeout")],
])("the error for %s is an example of the spec, to the letter", ([, error, examples]) => {
  const bodies = Object.values(examples as Record<string, { value: object }>).map(
    ({ value }) => `${JSON.stringify(value, null, 2)}\n`,
  );
  expect(bodies).toContain(errorReply(error).body);
});
