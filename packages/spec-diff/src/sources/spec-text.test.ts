import { describe, expect, it } from "vitest";
import {
  addEntry,
  parameterPath,
  removeEntry,
  replaceValue,
  requestPath,
  responsePath,
  schemaAt,
  valueAt,
} from "../repository.ts";

const text = `openapi: 3.1.0 # the dialect
info:
  title: "Otters" # quoted
  version: 1.0.0
paths:
  /images/variations:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              $ref: "#/components/schemas/Request"
components:
  schemas:
    Request:
      type: object
      properties:
        n:
          type: integer
          # at most
          maximum: 10

        size: { type: string }
    Empty: {}
`;
const n = ["components", "schemas", "Request", "properties", "n"];

describe("replaceValue", () => {
  it.each([
    { path: [...n, "maximum"], source: "4", line: "          maximum: 4" },
    { path: ["info", "title"], source: "Seals", line: "  title: Seals # quoted" },
    { path: ["openapi"], source: "3.0.3", line: "openapi: 3.0.3 # the dialect" },
  ])("writes $source at $path, and keeps every other line", ({ path, source, line }) => {
    const [before, after] = [text, replaceValue(text, path, source)].map((words) => words.split("\n"));
    const changed = after!.filter((words, index) => words !== before![index]);
    expect(changed).toEqual([line]);
    expect(after).toHaveLength(before!.length);
  });

  it("names the place that is not there", () => {
    expect(() => replaceValue(text, ["info", "summary"], "x")).toThrow(new Error("The spec has no info.summary."));
  });
});

describe("addEntry", () => {
  it("adds lines after the last entry of a mapping, indented as the others, before the blank line that follows it", () => {
    expect(addEntry(text, n, ["minimum: 1", "enum:", "  - 1"])).toBe(
      text.replace("maximum: 10\n", "maximum: 10\n          minimum: 1\n          enum:\n            - 1\n"),
    );
  });

  it("adds lines at the top and at the end of a document", () => {
    expect(addEntry("a: 1\n", [], ["b: 2"])).toBe("a: 1\nb: 2\n");
    expect(addEntry("a:\n    b: 1\n\n\n", ["a"], ["c: 2"])).toBe("a:\n    b: 1\n    c: 2\n\n\n");
  });

  it("rejects an entry that is there, and a place that is not a mapping with entries", () => {
    expect(() => addEntry(text, n, ["maximum: 3"])).toThrow(
      new Error("The spec has components.schemas.Request.properties.n.maximum already."),
    );
    for (const path of [["openapi"], ["components", "schemas", "Empty"]]) {
      expect(() => addEntry(text, path, ["a: 1"])).toThrow(
        new Error(`${path.join(".")} is not a mapping with entries.`),
      );
    }
  });
});

describe("removeEntry", () => {
  it.each([
    { path: n, removed: ["        n:", "          type: integer", "          # at most", "          maximum: 10"] },
    { path: [...n, "maximum"], removed: ["          maximum: 10"] },
    { path: ["info", "title"], removed: ['  title: "Otters" # quoted'] },
    { path: ["openapi"], removed: ["openapi: 3.1.0 # the dialect"] },
    { path: ["components", "schemas", "Empty"], removed: ["    Empty: {}"] },
  ])("removes the lines of $path, and no others", ({ path, removed }) => {
    const left = text.split("\n");
    left.splice(left.indexOf(removed[0]!), removed.length);
    expect(removeEntry(text, path)).toBe(left.join("\n"));
  });

  it("removes an entry by a number as by its text", () => {
    expect(removeEntry("responses:\n  200: a\n  404: b\n", ["responses", 404])).toBe("responses:\n  200: a\n");
    expect(removeEntry('responses:\n  "200": a\n  404: b\n', ["responses", 200])).toBe("responses:\n  404: b\n");
  });

  it("names the entry that is not there", () => {
    expect(() => removeEntry(text, [...n, "minimum"])).toThrow(
      new Error("The spec has no components.schemas.Request.properties.n.minimum."),
    );
  });
});

describe("valueAt", () => {
  it("returns a value as JavaScript, and undefined for what is not there", () => {
    expect(valueAt(text, n)).toEqual({ type: "integer", maximum: 10 });
    expect(valueAt(text, ["info", "title"])).toBe("Otters");
    expect(valueAt(text, ["info", "summary"])).toBeUndefined();
    expect(valueAt(text, ["nowhere", "at", "all"])).toBeUndefined();
  });
});

describe("the contract's places", () => {
  it("follow the reference at a place, if there is one", () => {
    expect(schemaAt(text, requestPath)).toEqual(["components", "schemas", "Request"]);
    expect(schemaAt(text, n)).toBe(n);
    expect(parameterPath(text, "n", "maximum")).toEqual([...n, "maximum"]);
    expect(valueAt(text, requestPath)).toEqual({ $ref: "#/components/schemas/Request" });
    expect(responsePath).toEqual(["paths", "/images/variations", "post", "responses", "200"]);
  });
});
