import { expect, it } from "vitest";
import { typeDifference, type TypeDifference } from "./type-difference.ts";
import { createTypeProgram } from "./type-program.ts";

/** What is said where code written for one type meets another: `was` is what it gives, `is` what is asked for. */
function differenceOf(was: string, is: string): TypeDifference {
  const text = `${shared}\nexport interface Was { value: ${was} }\nexport interface Is { value: ${is} }\n`;
  const { checker, typeOf } = createTypeProgram(new Map([["types.ts", text]]));
  const [one, other] = ["Was", "Is"].map((name) => checker.getPropertyOfType(typeOf("types.ts", name)!, "value")!);
  const [before, after] = [checker.getTypeOfSymbol(one!), checker.getTypeOfSymbol(other!)];
  return typeDifference(checker, before, after, [before, after]);
}

const shared = `
export interface Node { name: string; next?: Node }
export interface Link { name: string; next?: Link }
export interface NumberedNode { name: number; next?: NumberedNode }
`;

const deep = (depth: number, type: string): string => "{ a: ".repeat(depth) + type + " }".repeat(depth);

it.each([
  { was: "string", is: "string | number" },
  { was: "{ a: string }", is: "{ a: string; b?: number }" },
  { was: "{ a: string }", is: "{ a: string | null }" },
  { was: "Node", is: "Link" },
  { was: "{ a: string; b?: never }", is: "{ a: string }" },
  { was: "{ a: string; b?: undefined }", is: "{ a: string }" },
  { was: "{ a: string }", is: "{ [name: string]: string }" },
  { was: "{ a: string }[]", is: "readonly { a: string }[]" },
  { was: "string & { a?: string }", is: "string" },
])("says nothing where $was fits $is", ({ was, is }) => {
  expect(differenceOf(was, is)).toBeUndefined();
});

it.each([
  { was: "string", is: "number", said: "string does not fit number." },
  { was: "string | null", is: "string", said: "string | null does not fit string." },
  { was: "{ a: string }", is: "{ a: number }", said: "a: string does not fit number." },
  { was: "{ a: { b: string } }", is: "{ a: { b: number } }", said: "a.b: string does not fit number." },
  { was: "{ a?: { b: string } }", is: "{ a?: { b: number } }", said: "a.b: string does not fit number." },
  {
    was: "{ a: string }",
    is: "{ a: string; b: number }",
    said: "{ a: string; } does not fit { a: string; b: number; }.",
  },
  { was: "string[]", is: "number[]", said: "[]: string does not fit number." },
  { was: "{ a: string[] }", is: "{ a: number[] }", said: "a[]: string does not fit number." },
  { was: "{ a: { b: string }[][] }", is: "{ a: { b: number }[][] }", said: "a[][].b: string does not fit number." },
  { was: "[string, string]", is: "[string, number]", said: "1: string does not fit number." },
  {
    was: "{ a: string } | { a: boolean }",
    is: "{ a: number } | { a: boolean }",
    said: "{ a: string; } | { a: boolean; } does not fit { a: number; } | { a: boolean; }.",
  },
  {
    was: "{ a: string }",
    is: "{ a: number } | { a: boolean }",
    said: "{ a: string; } does not fit { a: number; } | { a: boolean; }.",
  },
  { was: "string[]", is: "string", said: "string[] does not fit string." },
  { was: "string", is: "string[]", said: "string does not fit string[]." },
  { was: "{ a: string } & { b: string }", is: "{ b: number }", said: "b: string does not fit number." },
  { was: "Node", is: "NumberedNode", said: "name: string does not fit number." },
  { was: '"a  b"', is: "number", said: '"a  b" does not fit number.' },
  { was: deep(20, "string"), is: deep(20, "number"), said: `${"a.".repeat(19)}a: string does not fit number.` },
  {
    was: deep(21, "string"),
    is: deep(21, "number"),
    said: `${"a.".repeat(19)}a: { a: string; } does not fit { a: number; }.`,
  },
  { was: `"${"x".repeat(78)}"`, is: "number", said: `"${"x".repeat(78)}" does not fit number.` },
  { was: `"${"x".repeat(79)}"`, is: "number", said: `"${"x".repeat(76)}… does not fit number.` },
])("says where $was no longer fits $is", ({ was, is, said }) => {
  expect(differenceOf(was, is)).toBe(said);
});

it.each([
  { was: "{ a: string; b: string }", is: "{ a: string }", said: "b: the name is gone." },
  { was: "{ a: string; b?: string }", is: "{ a: string }", said: "b: the name is gone." },
  { was: "{ a: { b?: string } }", is: "{ a: {} }", said: "a.b: the name is gone." },
  {
    was: "{ a?: { x: string; b?: string } | null }",
    is: "{ a?: { x: string } | null }",
    said: "a.b: the name is gone.",
  },
  { was: "{ x: string; b?: string }[]", is: "{ x: string }[]", said: "[].b: the name is gone." },
  { was: "{ a: { x: string; b?: string }[][] }", is: "{ a: { x: string }[][] }", said: "a[][].b: the name is gone." },
  {
    was: "{ a: Node; b: Node; c: { d?: string } }",
    is: "{ a: Link; b: Link; c: {} }",
    said: "c.d: the name is gone.",
  },
])("says which name is gone where $was becomes $is", ({ was, is, said }) => {
  expect(differenceOf(was, is)).toBe(said);
});
