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
  expect(() => importsOf({}, ["a"])).toThrow("It is not said where the runtime's a is imported from.");
});

it("sorts names and files, whatever their capitals are, and joins what comes from one file", () => {
  expect(importsOf("runtime", ["b", "type C", "type A", "Bb", "ab"])).toBe(
    'import { type A, ab, b, Bb, type C } from "runtime";\n',
  );
  const places = { a: "./z.ts", b: "./y.ts", C: "./z.ts" };
  expect(importsOf(places, ["a", "b", "type C"])).toBe(
    'import { b } from "./y.ts";\nimport { a, type C } from "./z.ts";\n',
  );
  expect(importsOf("runtime", [])).toBe("");
});

it("breaks a line that is too long", () => {
  const names = ["one", "two", "three", "four"].map((name) => name.repeat(10));
  expect(importsOf("runtime", names)).toBe(
    `import {\n${[names[3], names[0], names[2], names[1]].map((name) => `  ${name},\n`).join("")}} from "runtime";\n`,
  );
  const line = (length: number): string =>
    importsOf("runtime", ["a", "b".repeat(length - 'import { a,  } from "runtime";'.length)]);
  expect(line(120).split("\n")).toHaveLength(2);
  expect(line(121).split("\n")).toHaveLength(5);
});
