import { expect, test } from "vitest";
import type { Parameter } from "../parameter-table.ts";
import { suggestValue } from "./suggest-value.ts";

const parameter = (kind: Parameter["kind"], more: object = {}): Parameter =>
  ({ name: "p", kind, ...more }) as Parameter;

test.each([
  { value: "https://example.com/a.png", suggested: "await fetch(url)" },
  { value: "HTTP://example.com/a.png", suggested: "await fetch(url)" },
  { value: "data:image/png;base64,iVBOR", suggested: "await fetch(url)" },
  { value: `iVBOR${"A".repeat(1000)}`, suggested: 'Buffer.from(base64, "base64")' },
  { value: "otter.png", suggested: "fs.createReadStream(path)" },
  { value: "not https://example.com", suggested: "fs.createReadStream(path)" },
])("suggests for the image $value: $suggested", ({ value, suggested }) => {
  expect(suggestValue(value, [], parameter("image"))).toBe(suggested);
});

test.each([
  { value: "larg", choices: ["small", "large"], suggested: "large" },
  { value: 50, choices: [50, 60], suggested: "50" },
  { value: 512, choices: ["256x256", "512x512"], suggested: "512x512" },
  { value: true, choices: ["true"], suggested: undefined },
  { value: "x".repeat(101), choices: ["x".repeat(101)], suggested: undefined },
  { value: { toString: (): string => "large" }, choices: ["large"], suggested: undefined },
])("suggests the nearest of $choices for $value: $suggested", ({ value, choices, suggested }) => {
  expect(suggestValue(value, choices, parameter("string"))).toBe(suggested);
});

test.each([
  { kind: "string", value: 5, suggested: '"5"' },
  { kind: "string", value: 512, more: { allowed: ["256x256", "512x512"] }, suggested: '"512x512"' },
  { kind: "boolean", value: "true", suggested: "true" },
  { kind: "boolean", value: "false", suggested: "false" },
  { kind: "boolean", value: "yes", suggested: undefined },
  { kind: "boolean", value: "untrue", suggested: undefined },
  { kind: "integer", value: "2.6", suggested: "3" },
  { kind: "integer", value: 2n, suggested: "2" },
  { kind: "integer", value: "", suggested: undefined },
  { kind: "integer", value: true, suggested: undefined },
  { kind: "integer", value: "many", suggested: undefined },
  { kind: "integer", value: Infinity, suggested: undefined },
  { kind: "number", value: "2.6", suggested: "2.6" },
  { kind: "number", value: "1".repeat(101), suggested: undefined },
] as const)("suggests $suggested for the value $value of a $kind", ({ kind, value, suggested, ...rest }) => {
  expect(suggestValue(value, [], parameter(kind, "more" in rest ? rest.more : {}))).toBe(suggested);
});
