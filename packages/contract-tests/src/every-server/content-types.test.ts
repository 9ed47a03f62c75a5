import { expect, test } from "vitest";
import { operation } from "../contract/operation.ts";
import { expectedRequestViolations } from "../wire/request-violations.ts";
import { postBody } from "../wire/post-form.ts";
import { readVerdict } from "../wire/read-verdict.ts";

const unsupported = [
  { what: "JSON", type: "application/json", body: JSON.stringify({ image: "otter.png" }) },
  { what: "a URL-encoded form", type: "application/x-www-form-urlencoded", body: "image=otter.png" },
  { what: "text", type: "text/plain", body: "otter.png" },
  { what: "multipart without a boundary", type: "multipart/form-data", body: "--x--\r\n" },
];

test("the spec accepts multipart/form-data", () => {
  expect(operation.request?.mediaType).toBe("multipart/form-data");
});

test.for(unsupported)("a body of $what is rejected", async ({ type, body }) => {
  expect(await readVerdict(await postBody(body, { "content-type": type }))).toEqual({
    status: expect.toBeOneOf([400, 415]),
    responseViolations: [],
    requestViolations: expectedRequestViolations("request", 415),
  });
});

test("an empty body is rejected", async () => {
  expect(await readVerdict(await postBody("", { "content-type": "multipart/form-data; boundary=x" }))).toEqual({
    status: expect.toBeOneOf([400, 422]),
    responseViolations: [],
    requestViolations: expectedRequestViolations("request", "required"),
  });
});
