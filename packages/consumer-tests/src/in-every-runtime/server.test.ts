import { createPng } from "@image-variations/png-corpus";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "./bundle-suite.ts";
import { runtimes } from "../runtimes/runtimes.ts";
import serverOutcomes, { type ServerOutcomes } from "./suites/server-outcomes.ts";

const png = createPng({ width: 8, height: 8 });
let bundle: string;
let expected: ServerOutcomes;
beforeAll(async () => {
  bundle = await bundleSuite(new URL("suites/server-outcomes.ts", import.meta.url));
  expected = await serverOutcomes(png);
});

test("the handler does here what the other runtimes are compared with", () => {
  const statuses = Object.fromEntries(Object.entries(expected).map(([name, [status]]) => [name, status]));
  expect(statuses).toEqual({
    "one URL": 200,
    "two images as base64": 200,
    "a size that is not offered": 400,
    "an image that is not one": 400,
    "an image whose pixels end early": 400,
    "an unknown key": 401,
    "the document": 200,
    "a path that is not there": 404,
    "what close closes": 0,
  });
  expect(expected["what close closes"]).toEqual([0, "backend"]);
});

describe("the server's handler responds alike", () => {
  test.each(runtimes)(
    "in $name",
    async ({ name, missing, run }) => {
      // A machine may lack a runtime; the one that decides may not.
      if (missing && process.env["CI"] !== "true") return console.warn(`${name} was not asked: ${missing}.`);
      expect(await run(bundle, png)).toEqual(expected);
      return undefined;
    },
    120_000,
  );
});
