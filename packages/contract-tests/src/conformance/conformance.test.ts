import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { imitateLemonade } from "./imitations/imitate-lemonade.ts";
import { imitateXinference } from "./imitations/imitate-xinference.ts";
import { keepTheContract } from "./imitations/keep-the-contract.ts";
import { inquiries } from "./inquiries.ts";
import type { Judgement } from "./judge-server.ts";
import { runConformance } from "./run-conformance.ts";
import { promises } from "./promises.ts";

test("a server that keeps the contract is found to keep all of it, and the program ends with 0", async () => {
  await using server = await keepTheContract("the-key");
  const { code, stdout, stderr } = await runConformance(["--target", server.url, "--key", "the-key"]);
  expect(stdout).toContain(`${promises.length} kept, 0 departs, 0 unclear`);
  expect([code, stderr]).toEqual([0, ""]);
});

describe("the table names every departure, and the program ends with 1:", () => {
  test("Lemonade's, as docs/conformance.md shows", async () => {
    await using server = await imitateLemonade();
    const { code, stdout } = await runConformance(["--target", `${server.url}/`, "--key", "any"]);
    expect(code).toBe(1);
    const page = readFileSync(new URL("../../../../docs/conformance.md", import.meta.url), "utf8");
    expect(withoutValues(page)).toContain(`\n\`\`\`text\n${withoutValues(stdout)}\n\`\`\`\n`);
  });

  test("Xinference's", async () => {
    await using server = await imitateXinference();
    const { code, stdout } = await runConformance(["--target", server.url, "--key", "any"]);
    expect(code).toBe(1);
    expect(withoutValues(departuresIn(stdout))).toMatchInlineSnapshot(`
      "  departs  A picture alone is enough: everything else has a default
                 - refused with 500: {"detail":"model is required"}
        departs  A URL, where nothing is said of response_format
                 - url is "/var/lib/xinference/image/otter.png", which is no address on the web
        departs  N where nothing is said of size
                 - N was asked for, and there is no PNG to be measured
        departs  URLs, where they are asked for, from which the pictures can be fetched
                 - url is "/var/lib/xinference/image/otter.png", which is no address on the web
        departs  Pictures of the size that was asked for
                 - N was asked for, and there is no PNG to be measured
        departs  Answers as the spec's schema has them
                 - body/data/*/url must be string
                 - body/data/*/b64_json must be string
        departs  Refused with 400 or 422: more than N pictures
                 - taken, with 200
        departs  Refused with 400 or 422: no pictures at all
                 - refused with 500: {"detail":"n is wrong"}
        departs  Refused with 400 or 422: a number of pictures that is not whole
                 - refused with 500: {"detail":"n is wrong"}
        departs  Refused with 400 or 422: a size that is not on the list
                 - taken, with 200
        departs  Refused with 400 or 422: a response format that is not on the list
                 - refused with 500: {"detail":"Unsupported response format: xml"}
        departs  Refused with 400 or 422: a request without a picture
                 - refused with 500: {"detail":"image is required"}
        departs  Refused with 400 or 422: a picture under another name than image
                 - refused with 500: {"detail":"image is required"}
        departs  Refused with 400 or 422: a file that is no PNG
                 - taken, with 200
        departs  Refused with 400 or 422: a picture that is not square
                 - taken, with 200
        departs  Refused with 400 or 422 or 413: a picture of N bytes
                 - taken, with 200
        departs  Refused with 400 or 415: a body of JSON
                 - refused with 500: {"detail":"model is required"}
        departs  Errors in the envelope of the spec, with code, message, param and type
                 - body must have required property 'error'
        departs  The messages of the contract, on which programs match
                 - {"detail":"n is wrong"} in place of "N is less than the minimum of N - 'n'"
                 - {"detail":"n is wrong"} in place of "N is not of type 'integer' - 'n'"
                 - {"detail":"Unsupported response format: xml"} in place of "'xml' is not one of […] - 'response_format'"
                 - {"detail":"image is required"} in place of "'image' is a required property"
        departs  401 for who has no key
                 - taken, with 200
        departs  401 for who has a wrong key
                 - taken, with 200"
    `);
  });
});

test("the program itself prints the same, and ends with the same code", async () => {
  await using server = await imitateXinference();
  const words = ["--target", server.url, "--json"];
  const program = fileURLToPath(new URL("../conformance.ts", import.meta.url));
  const printed = await new Promise<[code: unknown, stdout: string]>((done) => {
    execFile(process.execPath, [program, ...words], (error, stdout) => done([error?.code, stdout]));
  });
  const { code, stdout } = await runConformance(words);
  expect(printed).toEqual([code, `${stdout}\n`]);
});

test("as JSON, the judgement has the same for programs", async () => {
  await using server = await imitateLemonade();
  const { code, stdout } = await runConformance(["--target", server.url, "--model", "SD-Turbo", "--json"]);
  const judgement = JSON.parse(stdout) as Judgement;
  expect(code).toBe(1);
  expect(judgement).toMatchObject({ url: server.url, model: "SD-Turbo" });
  expect(judgement.requests).toBeLessThanOrEqual(Object.keys(inquiries).length + 1);
  expect(judgement.promises.filter(({ verdict }) => verdict === "departs").length).toBeGreaterThan(5);
});

test("where not even a plain request is taken, refusals prove nothing, and are said to be unclear", async () => {
  await using server = await keepTheContract("the-key");
  const { code, stdout } = await runConformance(["--target", server.url, "--key", "another"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/\n1 kept, 1 departs, \d+ unclear$/);
});

describe("where nothing can be judged, it says so in a sentence, and ends with 2:", () => {
  test("nobody there", async () => {
    const server = await imitateLemonade();
    await server[Symbol.asyncDispose]();
    const { code, stdout, stderr } = await runConformance(["--target", server.url]);
    expect([code, stdout, stderr]).toEqual([2, "", `${server.url} can't be judged: ECONNREFUSED.`]);
  });

  test.for([
    { what: "no target", words: [], said: "--target takes a URL such as http://localhost:8000/v1, got undefined." },
    {
      what: "a target that is none",
      words: ["--target", "localhost"],
      said: '--target takes a URL such as http://localhost:8000/v1, got "localhost".',
    },
    { what: "a word that it does not know", words: ["--otters"], said: "Unknown option '--otters'" },
  ])("$what", async ({ words, said }) => {
    const { code, stdout, stderr } = await runConformance(words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(said);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

/** A table without the values of the contract, which may change while the words stay: numbers that are no status. */
function withoutValues(table: string): string {
  return table.replaceAll(/\[[^\]]*\]/g, "[…]").replaceAll(/(?<![\w.,])(?![1-5]\d\d(?![\w.,]))\d[\dx.,]*/g, "N");
}

/** The promises that are not kept, with what is said of them. */
function departuresIn(table: string): string {
  const lines = table.split("\n");
  return lines.filter((line) => /^ +(departs|unclear|-) /.test(line)).join("\n");
}
