import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFailureDetails } from "./failure-details.ts";

describe("the details of a failure", () => {
  it("are one line of bounded length, whatever a server sends", () => {
    const anyKey = fc.constantFrom(
      "error",
      "message",
      "detail",
      "errors",
      "node_errors",
      "msg",
      "loc",
      "code",
      "title",
    );
    const anyBody = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string({ unit: "binary" }),
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        tie("list"),
        tie("record"),
      ),
      list: fc.array(tie("value"), { maxLength: 4 }),
      record: fc.dictionary(anyKey, tie("value"), { maxKeys: 4 }),
    })).value;
    const anyText = fc.oneof(
      anyBody.map((body) => JSON.stringify(body)),
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `<p>${text}`),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const { message = "", code = "", type = "", param = "" } = readFailureDetails(text);
        for (const said of [message, code, type, param]) {
          expect(said).not.toMatch(/\p{Cc}/u);
          expect(said.length).toBeLessThanOrEqual(601);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("are found in a page of a megabyte whose tags never end", () => {
    for (const tag of ["<title>", "<script", "<", "<h1 "]) readFailureDetails(tag.repeat(150_000));
    expect(readFailureDetails(`<h1>Bad gateway</h1>${"<title>".repeat(150_000)}`).message).toContain("Bad gateway");
  });

  it.for([
    [
      '{"error":{"message":"No.","code":"c","type":"t","param":"p"}}',
      { message: "No.", code: "c", type: "t", param: "p" },
    ],
    ['{"message":"No.","code":5}', { message: "No.", code: "5", type: undefined, param: undefined }],
    [
      '{"type":"about:blank","title":"Out of memory","status":500}',
      { message: "about:blank Out of memory 500", code: undefined, type: "about:blank", param: undefined },
    ],
    ['{"detail":{"msg":"No."}}', { message: "No.", code: undefined, type: undefined, param: undefined }],
    ['"No."', { message: "No.", code: undefined, type: undefined, param: undefined }],
  ] as const)("of %s", ([text, expected]) => {
    expect(readFailureDetails(text)).toEqual(expected);
  });
});
