import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requirements } from "../conformance/requirements.ts";
import { runFake } from "../testing/fake-context.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { readAll, startAnyServer } from "../testing/test-servers.ts";

/** A server that responds to everything with one image that is not there. */
function startOddServer(): Promise<string> {
  return startAnyServer((request, response) => {
    const body = '{"created":1,"data":[{"url":"<&\\"\\u0001>"}]}';
    void readAll(request).then(() => response.writeHead(200, { "content-type": "application/json" }).end(body));
  });
}

test("prints pass, fail or skip for every requirement, with the evidence, and ends with 1 if one fails", async () => {
  const server = await startOddServer();
  const { code, stdout, stderr } = await runFake(["conform", server]);
  expect(code).toBe(1);
  expect(stdout.match(/^ {2}(pass|fail|skip) {2}/gm)).toHaveLength(requirements.length);
  expect(stdout).toContain("which is not a web address");
  expect(stderr).toContain("[1/");
});

test("--json and --junit have the same for programs, as valid JSON and XML, and --quiet no progress", async () => {
  const server = await startOddServer();
  const json = await runFake(["conform", server, "--json", "--quiet"]);
  expect(json.stderr).toBe("");
  const report = JSON.parse(json.stdout) as { requirements: { result: string }[] };
  const failures = report.requirements.filter(({ result }) => result === "fail").length;
  const folder = temporaryFolder();
  const { stdout } = await runFake(["conform", server, "--junit", "report.xml", "-q"], { workingDirectory: folder });
  expect(stdout).toContain(`${failures} fail`);
  const xml = readFileSync(join(folder, "report.xml"), "utf8");
  expect(xml.match(/<testcase /g)).toHaveLength(requirements.length);
  expect(xml).toContain(`failures="${failures}"`);
  expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
  expect(xml).not.toContain("\u0001");
  const printed = await runFake(["conform", server, "--junit", "-", "-q"]);
  expect(printed.stdout).toMatch(/^<\?xml /);
});

test.for([
  { args: ["localhost"], said: "The server must be a URL such as http://localhost:8080/v1" },
  { args: ["http://127.0.0.1:1024/v1"], said: "http://127.0.0.1:1024/v1 can't be checked: ECONNREFUSED." },
  { args: ["http://127.0.0.1:1024/v1", "--api-key", "se\u201Ccret"], said: "The API key has a character" },
  { args: [], said: "The argument <url> is missing." },
])("if nothing can be checked ($args), one sentence says so, and the exit code is 2", async ({ args, said }) => {
  const { code, stdout, stderr } = await runFake(["conform", "--quiet", ...args]);
  expect(stderr).toContain(`error ${said}`);
  expect(stderr).not.toContain("cret");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("an interruption ends the check at once", async () => {
  const interruption = new AbortController();
  const server = await startAnyServer(() => interruption.abort(new Error("Ctrl-C")));
  expect(await runFake(["conform", server, "-q"], { signal: interruption.signal })).toMatchObject({
    code: 130,
    stderr: "Interrupted.\n",
  });
});
