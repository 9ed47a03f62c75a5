import { expect, test } from "vitest";
import { count, describeAllowed, describeInvalid, describeValue, fillIn } from "./describe.ts";

test.each<[unknown, string]>([
  ["2", '"2"'],
  ["o".repeat(200), `"${"o".repeat(99)}"`],
  [2n, "2n"],
  [2n ** 64n, "a large bigint"],
  [null, "null"],
  [undefined, "undefined"],
  [-0, "0"],
  [Symbol("otter"), "Symbol(otter)"],
  [new Map(), "object Map"],
  [[], "object Array"],
])("describes %o as %s", (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test("describes a revoked proxy by its type", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(describeValue(proxy)).toBe("object");
});

test.each([
  [10, "10"],
  ["an image", "an image"],
  [[8], "8"],
  [[8, 16], "8 or 16"],
  [["a", "b", "c"], "a, b or c"],
])("lists %o as %s", (allowed, text) => {
  expect(describeAllowed(allowed)).toBe(text);
});

test("fills in each fact once, even if a fact looks like another", () => {
  expect(fillIn("{name} must be {allowed}.", { name: "{allowed}", allowed: 3 })).toBe("{allowed} must be 3.");
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [2, "2 bytes"],
  ["1", "1 byte"],
])("counts %o as %s", (amount, text) => {
  expect(count(amount, "byte")).toBe(text);
  expect(fillIn("It has {length byte} of {chunk}.", { length: amount, chunk: "IDAT" })).toBe(`It has ${text} of IDAT.`);
});

test("describes an invalid argument", () => {
  expect(describeInvalid("depth", "deep", ["header", "pixels"])).toBe('depth must be header or pixels, not "deep".');
});
