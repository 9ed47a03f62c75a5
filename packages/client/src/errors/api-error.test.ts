import { describe, expect, it } from "vitest";
import OpenAI from "../index.ts";

const { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError } = OpenAI;

describe("an error without a response", () => {
  it.each([
    { name: "APIUserAbortError", make: () => new APIUserAbortError(), message: "Request was aborted." },
    { name: "APIConnectionError", make: () => new APIConnectionError({}), message: "Connection error." },
    { name: "APIConnectionTimeoutError", make: () => new APIConnectionTimeoutError(), message: "Request timed out." },
  ])("has a message, no status, and no cause unless it is given one: $name", ({ make, message }) => {
    const error = make();
    expect(error).toMatchObject({ message, status: undefined, headers: undefined, error: undefined });
    expect(error).not.toHaveProperty("cause");
    expect(error).toBeInstanceOf(OpenAI.APIError);
  });

  it("keeps the message and the cause that it is given", () => {
    const cause = new Error("below");
    for (const Class of [APIUserAbortError, APIConnectionError, APIConnectionTimeoutError]) {
      expect(new Class({ message: "Said otherwise.", cause })).toMatchObject({ message: "Said otherwise.", cause });
    }
  });
});

describe("APIError.generate", () => {
  const headers = new Headers({ "x-request-id": "req_1" });

  it.each([
    [399, "APIError"],
    [400, "BadRequestError"],
    [401, "AuthenticationError"],
    [402, "APIError"],
    [403, "PermissionDeniedError"],
    [404, "NotFoundError"],
    [409, "ConflictError"],
    [422, "UnprocessableEntityError"],
    [429, "RateLimitError"],
    [499, "APIError"],
    [500, "InternalServerError"],
    [599, "InternalServerError"],
  ] as const)("makes of status %i the class %s", (status, name) => {
    const error = OpenAI.APIError.generate(status, { error: { message: "no" } }, undefined, headers);
    expect(error.constructor).toBe(OpenAI[name]);
    expect(error).toMatchObject({ status, message: `${status} no`, headers, requestID: "req_1" });
  });

  it("makes an error of the connection, if there is no response", () => {
    const cause = new Error("below");
    for (const [status, given] of [
      [undefined, headers],
      [0, headers],
      [400, undefined],
    ] as const) {
      const error = OpenAI.APIError.generate(status, cause, "No network.", given);
      expect(error.constructor).toBe(APIConnectionError);
      expect(error).toMatchObject({ message: "No network.", cause, status: undefined, requestID: undefined });
    }
  });

  it.each<[body: object | undefined, message: string | undefined, said: string, error: unknown]>([
    [{ error: { message: "no" } }, "text", "400 no", { message: "no" }],
    [{ message: "no" }, "text", "400 no", { message: "no" }],
    [{ a: 1 }, "text", '400 {"a":1}', { a: 1 }],
    [{ error: { message: { a: 1 } } }, "text", '400 {"a":1}', { message: { a: 1 } }],
    [undefined, "text", "400 text", undefined],
    [undefined, "", "400 status code (no body)", undefined],
    [undefined, undefined, "400 status code (no body)", undefined],
    ["text" as never, "raw", "400 text", undefined],
  ])("says of the body %j and the text %j: %s", (body, message, said, error) => {
    const made = OpenAI.APIError.generate(400, body, message, headers);
    expect(made.message).toBe(said);
    expect(made.error).toEqual(error);
  });
});

describe("an APIError of one's own", () => {
  it("takes its facts from its body, or those that it is given", () => {
    const body = { message: "no", code: "c", param: "p", type: "t" };
    expect(new OpenAI.APIError(400, body, undefined, new Headers())).toMatchObject({ ...body, message: "400 no" });
    expect(new OpenAI.APIError(undefined, undefined, undefined, undefined).message).toBe("(no status code or body)");
    expect(new OpenAI.APIError(undefined, undefined, "text", undefined).message).toBe("text");
  });
});
