import { expect, it } from "vitest";
import { importsOf } from "./runtime-imports.ts";

it("imports all names from a package, types as what they are", () => {
  expect(importsOf("runtime", ["type B", "a"])).toBe('import { a, type B } from "runtime";\n');
  expect(importsOf("runtime", ["type B", "type A"])).toBe('import type { A, B } from "runtime";\n');
});

it("imports each name from the file that has it", () => {
  expect(importsOf({ a: "./z.ts", B: "./b.ts" }, ["type B", "a"])).toBe(
    'import type { B } from "./b.ts";\nimport { a } from "./z.ts";\n',
  );
  expect(() => importsOf({}, ["a"])).toThrow("the runtime's a");
});

it("breaks a line that is too long", () => {
  const names = ["one", "two", "three", "four"].map((name) => name.repeat(10));
  expect(importsOf("runtime", names).split("\n")).toHaveLength(7);
});
