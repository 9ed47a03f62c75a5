import fc from "fast-check";
import { expect, it } from "vitest";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import { toSource } from "./to-source.ts";

it.each<[value: unknown, source: string]>([
  [
    { a: 1, $b_2: null, "c-d": "e", "2f": true, "": false, éa: 0 },
    '{\n  a: 1,\n  $b_2: null,\n  "c-d": "e",\n  "2f": true,\n  "": false,\n  éa: 0,\n}',
  ],
  [{ a: undefined, b: [null, "c"] }, '{\n  b: [null, "c"],\n}'],
  [{}, "{}"],
  [{ a: undefined }, "{}"],
  [[], "[]"],
  [[1, "a", null], '[1, "a", null]'],
  [[1, { a: [{ b: 2 }] }], "[\n  1,\n  {\n    a: [\n      {\n        b: 2,\n      },\n    ],\n  },\n]"],
  [JSON.parse('{ "__proto__": { "constructor": 1 } }'), '{\n  ["__proto__"]: {\n    constructor: 1,\n  },\n}'],
])("writes %j as TypeScript", (value, source) => {
  expect(toSource(value)).toBe(source);
});

it("writes what JavaScript reads as the same value, whatever it is", () => {
  const read = (source: string): unknown => new Function(`return (${source});`)();
  fc.assert(
    fc.property(fc.json(), (json) => {
      // JSON has no -0.
      const value: unknown = JSON.parse(json.replaceAll("-0", "0"));
      expect(read(toSource(value))).toEqual(value);
    }),
  );
});

it.each([
  ["a\nb", "a b"],
  ["a  \r\n\n  b\u2028c\u2029 d", "a b c d"],
  ["Ends */ here */.", "Ends *\\/ here *\\/."],
])("writes the text %j into a comment as %j", (text, written) => {
  expect(comment(text)).toBe(written);
});

it("names in its first line the document and the command, which is pnpm generate if none is named", () => {
  expect(banner("a\r\nb\u2028c\u2029.yaml", "npx\ncodegen")).toBe(
    "// Generated from a b c .yaml. Do not edit: change the spec and run `npx codegen`.\n\n",
  );
  expect(banner("a.yaml")).toContain("run `pnpm generate`.\n\n");
});
