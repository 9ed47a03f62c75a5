import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@image-variations/testing/eventually";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PrismError } from "./prism-error.ts";
import { startPrism } from "./start-prism.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "start-prism-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function specFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function tinySpec(greeting: string): string {
  return `openapi: 3.1.0
info: { title: Tiny, version: 1.0.0 }
paths:
  /greeting:
    get:
      responses:
        "200": { description: A greeting., content: { text/plain: { example: ${greeting} } } }
    post:
      requestBody: { content: { multipart/form-data: { schema: { type: object } } } }
      responses:
        "200": { description: Taken. }
`;
}

test("a mock of the spec it is given responds at the URL it names, and is gone after stop", async () => {
  const prism = await startPrism({ spec: specFile("tiny.yaml", tinySpec("hello")) });
  expect(prism.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  const response = await fetch(`${prism.url}/greeting`);
  expect(await response.text()).toBe("hello");
  expect(prism.log()).toContain("Prism is listening on");

  await prism.stop();
  await prism.stop();
  expect(await prism.exited).toMatchObject({ stopped: true });
  await expect(fetch(`${prism.url}/greeting`)).rejects.toThrow("fetch failed");
});

test("without options it mocks the project's own spec, and leaving the block ends it", async () => {
  let exited;
  {
    await using prism = await startPrism();
    exited = prism.exited;
    expect(prism.log()).toContain("/images/variations");
  }
  expect(await exited).toMatchObject({ stopped: true });
});

test("a folder whose name means something in a URL is only a folder", async () => {
  const odd = mkdtempSync(join(folder, "a#b c%20d"));
  const spec = join(odd, "tiny.yaml");
  writeFileSync(spec, tinySpec("hello"));
  await using prism = await startPrism({ spec });
  expect((await fetch(`${prism.url}/greeting`)).status).toBe(200);
});

describe("a start that fails is one sentence:", () => {
  test("a port in use is named, with what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    await expect(startPrism({ port })).rejects.toThrow(
      new PrismError(
        `Port ${port} on 127.0.0.1 is in use: end what listens there, choose another port, or leave it out to take a free one.`,
      ),
    );
    other.close();
  });

  test("a spec that is not there is named", async () => {
    const spec = join(folder, "absent.yaml");
    await expect(startPrism({ spec })).rejects.toThrow(
      new PrismError(`Prism has nothing to mock. ${spec}: the spec cannot be read (ENOENT).`),
    );
  });

  test("a broken spec is named with line and column", async () => {
    const spec = specFile("broken.yaml", "openapi: 3.1.0\npaths: [\n");
    const error = await startPrism({ spec }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PrismError);
    expect((error as PrismError).message).toMatch(
      /^Prism has nothing to mock\. .*broken\.yaml:\d+:\d+: .*not valid YAML/,
    );
    expect((error as PrismError).message).not.toContain("\n");
  });

  test("what only Prism rejects is quoted", async () => {
    const spec = specFile("idle.yaml", "openapi: 3.1.0\ninfo: { title: Idle, version: 1.0.0 }\npaths: { /idle: {} }\n");
    await expect(startPrism({ spec })).rejects.toThrow(
      new PrismError(
        "Prism ended before it was listening (exit code 1); its last line was: No operations found in the current file.",
      ),
    );
  });

  test("a start that takes too long is given up", async () => {
    const error = await startPrism({ startTimeout: 1 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PrismError);
    expect((error as PrismError).message).toMatch(/^Prism was not listening after 1 ms/);
  });
});

test("a crash is reported with the error that Prism did not catch", async () => {
  await using prism = await startPrism({ spec: specFile("mortal.yaml", tinySpec("hello")) });
  const form = new FormData();
  form.append("image", new File(["image"], "a;b.png"));
  await expect(fetch(`${prism.url}/greeting`, { method: "POST", body: form })).rejects.toThrow("fetch failed");
  expect(await prism.exited).toMatchObject({
    code: 1,
    stopped: false,
    lastLine: expect.stringMatching(/^SyntaxError: .* in JSON/),
  });
});

test("a parent that is killed outright takes Prism with it", async () => {
  const program = `
    import { startPrism } from ${JSON.stringify(new URL("./start-prism.ts", import.meta.url).href)};
    console.log((await startPrism()).url);
  `;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const responds = (): Promise<boolean> =>
    fetch(line.trim()).then(
      () => true,
      () => false,
    );
  expect(await responds()).toBe(true);

  parent.kill("SIGKILL");
  await once(parent, "exit");
  await eventually(async () => expect(await responds()).toBe(false));
});
