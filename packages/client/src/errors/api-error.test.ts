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
