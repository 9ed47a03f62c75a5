import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseOpenAPI } from "./parse-openapi.ts";

const head = "openapi: 3.1.0\ninfo: { title: Blank, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n";

it.for([
  { name: "a mapping", text: "    A:\n      example: |+\n        \n      type: string\n" },
  { name: "a list", text: "    A:\n      oneOf:\n        - example: |+\n            \n          type: string\n" },
  { name: "a folded one", text: "    A:\n      example: >-\n          \n         \n      type: string\n" },
  {
    name: "text with spaces of its own",
    text: "    A:\n      example: |\n        a\n          \n        b\n      type: string\n",
  },
])("a block scalar that is nothing but spaces has the value that YAML gives it, in $name", ({ text }) => {
  const { document } = parseOpenAPI(head + text, "blank.yaml");
  expect(document).toEqual(parse(head + text));
});
