import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mostImages, probes, requirements, type Report } from "image-variations/conformance";
import { startConformingServer } from "./imitations/conforming-server.ts";
import { degenerateServers, oneImageToEverything, startServer } from "./imitations/degenerate-servers.ts";
import { imitateLemonade } from "./imitations/imitate-lemonade.ts";
import { imitateXinference } from "./imitations/imitate-xinference.ts";
import { serveForms } from "./imitations/serve-forms.ts";
import { conform } from "./run-conform.ts";

test("a server that implements the contract passes every requirement, and the program exits with 0", async () => {
  await using server = await startConformingServer("the-key");
  const { code, stdout, stderr } = await conform([server.url, "--api-key", "the-key"]);
  expect(stdout).toContain(`${requirements.length} pass, 0 fail, 0 skip`);
  expect([code, stderr]).toEqual([0, ""]);
});

describe("the table names every difference, and the program exits with 1:", () => {
  test("Lemonade's, as docs/conformance.md shows", async () => {
    await using server = await imitateLemonade();
    const { code, stdout } = await conform([`${server.url}/`, "--api-key", "any"]);
    expect(code).toBe(1);
    const page = readFileSync(new URL("../../../../docs/conformance.md", import.meta.url), "utf8");
    expect(withoutValues(page)).toContain(`\n\`\`\`text\n${withoutValues(stdout)}\n\`\`\`\n`);
  });

  test("Xinference's", async () => {
    await using server = await imitateXinference();
    const { code, stdout } = await conform([server.url, "--api-key", "any"]);
    expect(code).toBe(1);
    expect(withoutValues(differencesIn(stdout))).toMatchInlineSnapshot(`
      "  fail  An image alone is enough: everything else has a default
              - rejected with 500: {"detail":"model is required"}
        skip  One image if n is left out
              - N of N images can't be read
        fail  A URL if response_format is left out
              - url is "/var/lib/xinference/image/otter.png", which is not a web address
        fail  N if size is left out
              - no PNG to measure instead of N
        fail  URLs if they are asked for, from which the images can be fetched
              - url is "/var/lib/xinference/image/otter.png", which is not a web address
        fail  Images of the size that was asked for
              - no PNG to measure instead of N
        fail  Responses match the spec's schema
              - body/data/*/b64_json must be string
              - body/data/*/url must be string
        fail  Rejects with 400 or 422: more than N images
              - accepted with 200
        fail  Rejects with 400 or 422: no images at all
              - rejected with 500: {"detail":"n is wrong"}
        fail  Rejects with 400 or 422: a number of images that is not whole
              - rejected with 500: {"detail":"n is wrong"}
        fail  Rejects with 400 or 422: a size that is not on the list
              - accepted with 200
        fail  Rejects with 400 or 422: a response format that is not on the list
              - rejected with 500: {"detail":"Unsupported response format: xml"}
        fail  Rejects with 400 or 422: a request without an image
              - rejected with 500: {"detail":"image is required"}
        fail  Rejects with 400 or 422: an image under another name than image
              - rejected with 500: {"detail":"image is required"}
        fail  Rejects with 400 or 422: a file that is not a PNG
              - accepted with 200
        fail  Rejects with 400 or 422: an image that is not square
              - accepted with 200
        fail  Rejects with 400 or 422 or 413: an image of N bytes
              - accepted with 200
        fail  Rejects with 400 or 415: a body of JSON
              - rejected with 500: {"detail":"model is required"}
        fail  Errors in the envelope of the spec, with code, message, param and type
              - body must have required property 'error'
        fail  The messages of the contract, on which programs match
              - {"detail":"n is wrong"} instead of "N is less than the minimum of N - 'n'"
              - {"detail":"n is wrong"} instead of "N is not of type 'integer' - 'n'"
              - {"detail":"Unsupported response format: xml"} instead of "'xml' is not one of […] - 'response_format'"
              - {"detail":"image is required"} instead of "'image' is a required property"
        fail  401 without an API key
              - accepted with 200
        fail  401 with an invalid API key
              - accepted with 200"
    `);
  });
});

test("prints what it sends to standard error, unless --quiet is given", async () => {
  await using server = await imitateXinference();
  const { stderr } = await conform([server.url, "--json"], { progress: true });
  for (const { what } of Object.values(probes)) expect(stderr).toMatch(`] ${what}\n`);
  expect((await conform([server.url, "--json"])).stderr).toBe("");
});

test("prints the same report as JSON with --json", async () => {
  await using server = await imitateLemonade();
  const { code, stdout } = await conform([server.url, "--model", "SD-Turbo", "--json"]);
  const report = JSON.parse(stdout) as Report;
  expect(code).toBe(1);
  expect(report).toMatchObject({ url: server.url, model: "SD-Turbo" });
  expect(report.requests).toBeLessThanOrEqual(Object.keys(probes).length + 1);
  expect(report.requirements.filter(({ result }) => result === "fail").length).toBeGreaterThan(5);
});

describe("a pass needs evidence: no pass for a server that responds to everything with", () => {
  const short = ["--timeout", "1", "--first-timeout", "0.5"];

  test.for(Object.keys(degenerateServers) as (keyof typeof degenerateServers)[])("%s", async (name) => {
    await using server = await startServer(degenerateServers[name]);
    const { code, stdout, stderr } = await conform([server.url, "--api-key", "any", ...short]);
    if (code === 2) {
      expect(stdout).toBe("");
      expect(stderr).toContain(`error ${server.url} can't be checked: `);
      expect(stderr.split("\n")).toHaveLength(1);
    } else {
      expect(code).toBe(1);
      expect(passesIn(stdout)).toEqual([]);
    }
  });

  test("one image: it passes what it shows, and nothing else", async () => {
    await using server = await startServer(oneImageToEverything);
    const { stdout } = await conform([server.url, "--api-key", "any"]);
    expect(passesIn(stdout)).toEqual([
      "An image alone is enough: everything else has a default",
      "One image if n is left out",
      "1024x1024 if size is left out",
      "Base64 if it is asked for",
      "Responses match the spec's schema",
    ]);
  });
});

test("rejections prove nothing if a server rejects everything after some time", async () => {
  await using conforming = await startConformingServer("the-key");
  let requests = 0;
  await using server = await startServer(async (request, response) => {
    requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (requests > 5) {
      response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"Billing hard limit"}}');
      return;
    }
    const headers = { authorization: request.headers.authorization!, "content-type": request.headers["content-type"]! };
    const forwarded = await fetch(conforming.url + request.url!.slice("/v1".length), {
      method: "POST",
      headers,
      body: Buffer.concat(chunks),
    });
    response.writeHead(forwarded.status, { "content-type": "application/json" }).end(await forwarded.text());
  });
  const { code, stdout } = await conform([server.url, "--api-key", "the-key"]);
  expect(code).toBe(1);
  expect(passesIn(stdout).filter((requirement) => /Reject|Errors|messages|401/.test(requirement))).toEqual([]);
  expect(stdout).toContain("a valid request after the invalid ones got 400, so a rejection shows nothing");
});

test("at most as many images are fetched as the contract allows, however many URLs a response has", async () => {
  let fetched = 0;
  const files = {
    get(path: string) {
      if (path.startsWith("/images/")) fetched += 1;
      return new Uint8Array();
    },
  } as unknown as ReadonlyMap<string, Uint8Array>;
  await using server = await serveForms(({ origin }) => {
    const data = Array.from({ length: 10_000 }, (_, index) => ({ url: `${origin}/images/${index}.png` }));
    return { status: 200, body: { created: 1, data } };
  }, files);
  const { stdout } = await conform([server.url]);
  expect(stdout).toContain("10000 instead of 1");
  expect(fetched).toBeLessThanOrEqual(mostImages * Object.keys(probes).length);
});

test("requests that are not sent within the total time are skipped, and the program exits with 1", async () => {
  await using server = await startConformingServer("the-key");
  const args = [server.url, "--api-key", "the-key", "--total-timeout", "0.001"];
  const { code, stdout, stderr } = await conform(args);
  // Even the first request may not be sent any more.
  if (code === 2) expect(stderr).toContain("the total time of 0.001 s was used up");
  else expect(stdout).toContain("the total time of 0.001 s was used up");
  expect(code).not.toBe(0);
});

describe("if nothing can be checked, it says so in a sentence, and exits with 2:", () => {
  test.for([
    ["401", "it rejects the API key (401); pass one with --api-key or OPENAI_API_KEY"],
    ["403", "it rejects the API key (403); pass one with --api-key or OPENAI_API_KEY"],
    ["404", "it has no POST /images/variations (404)"],
    ["429", 'it is rate limiting (429); try again after "30" (retry-after)'],
    ["a redirect", 'it redirects (302) to "http://elsewhere.example/v1"; use the right address'],
    ["500", "it rejects a valid request with 500 for the model dall-e-2; --model NAME asks for another"],
    ["nothing", "no complete response within 0.2 s. The request has no image, so it needs no work"],
    ["nothing, by closing the connection", "2 valid requests got no response ("],
    ["a body without an end", "2 valid requests got no response (the response body exceeds 33,554,432 bytes)"],
  ] as const)("%s for everything", async ([name, message]) => {
    await using server = await startServer(degenerateServers[name]);
    // Only a server that never responds is not waited for.
    const timeout = name === "nothing" ? ["--first-timeout", "0.2"] : [];
    const { code, stdout, stderr } = await conform([server.url, ...timeout]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${server.url} can't be checked: ${message}`);
    expect(stderr.split("\n")).toHaveLength(1);
  });

  test("a target without its version prefix", async () => {
    await using server = await startConformingServer("the-key");
    await using other = await startServer(degenerateServers["404"]);
    const target = other.url.replace("/v1", "");
    const { code, stderr } = await conform([target, "--api-key", "the-key"]);
    expect(code).toBe(2);
    expect(stderr).toContain(`the URL includes the version prefix, such as ${target}/v1`);
    expect(server.url).toMatch(/\/v1$/);
  });

  test("an invalid key", async () => {
    await using server = await startConformingServer("the-key");
    const { code, stderr } = await conform([server.url, "--api-key", "another"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("it rejects the API key (401)")]);
    expect(stderr).not.toContain("another");
  });

  test("no server at the address", async () => {
    const server = await imitateLemonade();
    await server[Symbol.asyncDispose]();
    const { code, stdout, stderr } = await conform([server.url]);
    expect([code, stdout, stderr]).toEqual([2, "", `error ${server.url} can't be checked: ECONNREFUSED.`]);
  });

  const urlRule = "The server must be a URL such as http://localhost:8080/v1";
  test.for([
    { what: "no URL", args: [], message: "The argument <url> is missing." },
    { what: "a URL without a scheme", args: ["localhost"], message: `${urlRule}; got "localhost".` },
    { what: "a URL of a file", args: ["file:///v1"], message: `${urlRule}; got "file:///v1".` },
    { what: "a URL with a query", args: ["http://a/v1?b"], message: `${urlRule}; got "http://a/v1?b".` },
    { what: "an unknown option", args: ["--otters"], message: "There is no option --otters." },
    ...["--timeout", "--first-timeout", "--total-timeout"].flatMap((option) =>
      ["0", "-1", "NaN", "Infinity", "soon", "1e9"].map((value) => ({
        what: `${option} ${value}`,
        args: ["http://localhost/v1", `${option}=${value}`],
        message: "must be a number of seconds, above 0 and at most 2147483; got",
      })),
    ),
  ])("$what", async ({ args, message }) => {
    const { code, stdout, stderr } = await conform(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    // The sentence, and what to do.
    expect(stderr.split("\n").length).toBeLessThanOrEqual(2);
  });

  test("a key that no header may have, which is not printed", async () => {
    const { code, stderr } = await conform(["http://localhost/v1", "--api-key", "se\u201Ccret"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("It must be printable ASCII")]);
    expect(stderr).not.toContain("cret");
  });
});

/** A table without the values of the contract, which may change while the text stays: numbers that are not a status. */
function withoutValues(table: string): string {
  return table.replaceAll(/\[[^\]]*\]/g, "[…]").replaceAll(/(?<![\w.,])(?![1-5]\d\d(?![\w.,]))\d[\dx.,]*/g, "N");
}

/** The requirements that are passed. */
function passesIn(table: string): string[] {
  return [...table.matchAll(/^ {2}pass {2}(.*)$/gm)].map(([, requirement]) => requirement!);
}

/** The requirements that are not passed, with the reasons. */
function differencesIn(table: string): string {
  const lines = table.split("\n");
  return lines.filter((line) => /^ +(fail|skip|-) /.test(line)).join("\n");
}
