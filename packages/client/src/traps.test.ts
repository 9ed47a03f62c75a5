// What users of the official SDK trip over, each shown on it, and what becomes of the same program with ours.
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Official, { toFile as officialToFile } from "openai";
import { afterAll, describe, expect, it } from "vitest";
import { contract } from "./generated/contract.ts";
import OpenAI, { toFile } from "./index.ts";
import { misbehavingServer } from "./testing/misbehaving-server.ts";
import { pngBytes } from "./testing/png-bytes.ts";

const folder = mkdtempSync(join(tmpdir(), "traps-"));
const path = join(folder, "otter.png");
const bytes = pngBytes();
writeFileSync(path, bytes);
afterAll(() => rmSync(folder, { recursive: true }));

const limit = contract.operations["POST /images/variations"]!.uploads!["image"]!.exclusiveMaximumBytes!;
const image = (): File => new File([bytes], "otter.png", { type: "image/png" });

type Clients = typeof OpenAI | typeof Official;
interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly form: FormData;
}

/** What a client puts on the wire, attempt by attempt, and how its call ends. */
async function call(
  Client: Clients,
  params: object,
  {
    options = {},
    responses = [{ created: 1, data: [] }],
  }: { options?: object; responses?: readonly (object | Response)[] } = {},
): Promise<{ sent: Sent[]; result: unknown; error: Error | undefined }> {
  const sent: Sent[] = [];
  const client = new Client({
    apiKey: "key",
    maxRetries: 1,
    fetch: async (url: unknown, init: RequestInit = {}) => {
      if (url === "data:,") return new Response();
      const request = new Request(String(url), init);
      sent.push({ url: request.url, headers: request.headers, form: await request.formData() });
      const response = responses[Math.min(sent.length, responses.length) - 1]!;
      return response instanceof Response ? response.clone() : Response.json(response);
    },
  });
  try {
    const result: unknown = await client.images.createVariation(params as never, {
      ...options,
    });
    return { sent, result, error: undefined };
  } catch (error) {
    return { sent, result: undefined, error: error as Error };
  }
}

const fileIn = ({ sent }: { sent: Sent[] }): File => sent[0]!.form.get("image") as File;
const busy = new Response('{"error":{}}', { status: 500, headers: { "retry-after-ms": "1" } });

describe("an image from createReadStream, or a file without a type", () => {
  it("official: goes as application/octet-stream, which servers reject", async () => {
    expect(fileIn(await call(Official, { image: createReadStream(path) })).type).toBe("application/octet-stream");
    const file = await officialToFile(readFileSync(path), "otter.png");
    expect(fileIn(await call(Official, { image: file })).type).toBe("application/octet-stream");
  });

  it("ours: goes as what it is", async () => {
    for (const source of [createReadStream(path), await toFile(readFileSync(path), "otter.png")]) {
      const file = fileIn(await call(OpenAI, { image: source }));
      expect([file.name, file.type]).toEqual(["otter.png", "image/png"]);
    }
  });
});

describe("a bare Buffer", () => {
  it("official: becomes a form field for every byte", async () => {
    const { sent } = await call(Official, { image: readFileSync(path) });
    expect([...sent[0]!.form.keys()]).toHaveLength(bytes.length);
  });

  it("ours: is an image, like any other bytes", async () => {
    for (const source of [readFileSync(path), bytes, bytes.buffer, pathToFileURL(path)]) {
      const file = fileIn(await call(OpenAI, { image: source }));
      expect([file.type, new Uint8Array(await file.arrayBuffer())]).toEqual(["image/png", bytes]);
    }
  });
});

describe("a path", () => {
  it("official: is sent as text", async () => {
    expect((await call(Official, { image: path })).sent[0]!.form.get("image")).toBe(path);
  });

  it("ours: is rejected, with the fix, before anything is sent", async () => {
    const { sent, error } = await call(OpenAI, { image: path });
    expect(sent).toHaveLength(0);
    expect(error).toBeInstanceOf(TypeError);
    expect(error!.message).toContain("pass fs.createReadStream(image)");
  });
});

describe("a parameter that is null, as its type allows", () => {
  it("official: throws", async () => {
    const { sent, error } = await call(Official, { image: image(), n: null });
    expect(sent).toHaveLength(0);
    expect(error!.message).toContain('Received null for "n"');
  });

  it("ours: is left out", async () => {
    const { sent } = await call(OpenAI, { image: image(), n: null, model: null, size: null, response_format: null });
    expect([...sent[0]!.form.keys()]).toEqual(["image"]);
  });
});

describe("an image that is streamed", () => {
  it("official, by its own toStreamingFile: has no length, and is never tried again", async () => {
    await using server = await misbehavingServer((response, attempt, request) => {
      expect(request.headers["content-length"]).toBe(undefined);
      response.writeHead(attempt === 1 ? 500 : 200, { "retry-after-ms": "1" }).end("{}");
    });
    const { toStreamingFile } = await import("openai");
    const client = new Official({ apiKey: "key", baseURL: server.url });
    const source = toStreamingFile(new Blob([bytes]).stream(), "otter.png", { type: "image/png" });
    await expect(client.images.createVariation({ image: source })).rejects.toThrow();
    expect(server.requests).toHaveLength(1);
  });

  it("ours: is read once, has a length, and is tried again", async () => {
    await using server = await misbehavingServer((response, attempt, request) => {
      expect(Number(request.headers["content-length"])).toBe(server.requests[attempt - 1]!.body.length);
      response.writeHead(attempt === 1 ? 500 : 200, { "retry-after-ms": "1", "content-type": "application/json" });
      response.end('{"created":1,"data":[]}');
    });
    const client = new OpenAI({ apiKey: "key", baseURL: server.url });
    await client.images.createVariation({ image: new Blob([bytes]).stream() });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]!.body).toEqual(server.requests[0]!.body);
  });
});

describe("idempotencyKey", () => {
  const options = { idempotencyKey: "once" };

  it("official: is ignored in silence", async () => {
    const { sent } = await call(Official, { image: image() }, { options });
    expect(sent[0]!.headers.get("idempotency-key")).toBe(null);
  });

  it("ours: is sent, the same at every attempt", async () => {
    const { sent } = await call(OpenAI, { image: image() }, { options, responses: [busy, { created: 1, data: [] }] });
    expect(sent.map(({ headers }) => headers.get("idempotency-key"))).toEqual(["once", "once"]);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303])("official: a %d makes a GET of the POST, which then succeeds", async (status) => {
    await using server = await misbehavingServer((response, _, { url }) => {
      if (url === "/elsewhere")
        response.writeHead(200, { "content-type": "application/json" }).end('{"created":1,"data":[]}');
      else response.writeHead(status, { location: "/elsewhere" }).end();
    });
    await new Official({ apiKey: "key", baseURL: server.url }).images.createVariation({ image: image() });
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });

  it.each([301, 302, 303])("ours: a %d is rejected, and the error says where it led", async (status) => {
    await using server = await misbehavingServer((response) => {
      response.writeHead(status, { location: "/elsewhere" }).end();
    });
    const promise = new OpenAI({ apiKey: "key", baseURL: server.url }).images.createVariation({ image: image() });
    await expect(promise).rejects.toThrow(
      `Redirect with status ${status} to ${server.url}/elsewhere drops the request body`,
    );
    expect(server.requests).toHaveLength(1);
  });

  it.each([307, 308])("official: a %d hands the image to another server", async (status) => {
    await using other = await misbehavingServer((response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"created":1,"data":[]}');
    });
    await using server = await misbehavingServer((response) => {
      response.writeHead(status, { location: `${other.url}/elsewhere` }).end();
    });
    await new Official({ apiKey: "key", baseURL: server.url }).images.createVariation({ image: image() });
    expect(other.requests[0]!.body.includes(Buffer.from(bytes))).toBe(true);
  });

  it.each([307, 308])(
    "ours: a %d to another server is rejected, unless it is named; then without the key",
    async (status) => {
      let authorization: string | undefined;
      await using other = await misbehavingServer((response, _, { headers }) => {
        ({ authorization } = headers);
        response.writeHead(200, { "content-type": "application/json" }).end('{"created":1,"data":[]}');
      });
      await using server = await misbehavingServer((response) => {
        response.writeHead(status, { location: `${other.url}/elsewhere` }).end();
      });
      const options = { apiKey: "key", baseURL: server.url };
      const rejected = new OpenAI(options).images.createVariation({ image: image() });
      await expect(rejected).rejects.toThrow(/another server, which `redirectOrigins` can allow/);
      expect(other.requests).toHaveLength(0);
      await new OpenAI({ ...options, redirectOrigins: [other.url] }).images.createVariation({ image: image() });
      expect(other.requests[0]!.body.includes(Buffer.from(bytes))).toBe(true);
      expect(authorization).toBe(undefined);
    },
  );

  it.each([307, 308])("ours: a %d on the same server is followed, with the key, but not for ever", async (status) => {
    await using server = await misbehavingServer((response, attempt, { headers }) => {
      expect(headers.authorization).toBe("Bearer key");
      if (attempt === 3) response.writeHead(200, { "content-type": "application/json" }).end('{"created":1,"data":[]}');
      else response.writeHead(status, { location: "/again" }).end();
    });
    const client = new OpenAI({ apiKey: "key", baseURL: server.url });
    await client.images.createVariation({ image: image() });
    expect(server.requests[2]!.body).toEqual(server.requests[0]!.body);
    await expect(client.images.createVariation({ image: image() })).rejects.toThrow(/Too many redirects \(5\)/);
  });
});

describe("a page that calls itself a success", () => {
  const responses = [new Response("<html>Sign in</html>", { headers: { "content-type": "text/html; charset=utf-8" } })];

  it("official: resolves to a string", async () => {
    expect((await call(Official, { image: image() }, { responses })).result).toBe("<html>Sign in</html>");
  });

  it("ours: is an error that quotes it", async () => {
    const { error } = await call(OpenAI, { image: image() }, { responses });
    expect(error!.message).toBe(
      "200 Expected a JSON object, got text/html; charset=utf-8: <html>Sign in</html> (POST https://api.openai.com/v1/images/variations)",
    );
  });
});

describe("an image beyond the contract's limit", () => {
  it("official: is sent", async () => {
    expect(fileIn(await call(Official, { image: new File([new Uint8Array(limit)], "a.png") })).size).toBe(limit);
  });

  it("ours: is rejected before it is read, unless the client was told otherwise", async () => {
    let read = false;
    class Watched extends File {
      override arrayBuffer() {
        read = true;
        return super.arrayBuffer();
      }
    }
    const large = new Watched([new Uint8Array(limit)], "a.png");
    const { sent, error } = await call(OpenAI, { image: large });
    expect([sent.length, read]).toEqual([0, false]);
    expect(error!.message).toBe(`'image' must have fewer than ${limit} bytes, got ${limit}.`);
    let size = 0;
    const client = new OpenAI({
      apiKey: "key",
      maxUploadBytes: limit + 1_000_000,
      fetch: async (_, { body }) => {
        size = (body as Uint8Array).length;
        return Response.json({ created: 1, data: [] });
      },
    });
    await client.images.createVariation({ image: large });
    expect(size).toBeGreaterThan(limit);
  });
});

describe("a response without end", () => {
  it("ours: is rejected once it is larger than it may be", async () => {
    let chunks = 0;
    const endless = new ReadableStream({
      pull(controller) {
        chunks++;
        controller.enqueue(new Uint8Array(1_000).fill(0x20));
      },
    });
    const client = new OpenAI({
      apiKey: "key",
      maxResponseBytes: 5_000,
      fetch: async () => new Response(endless, { headers: { "content-type": "application/json" } }),
    });
    await expect(client.images.createVariation({ image: image() })).rejects.toThrow(
      /exceeds maxResponseBytes \(5000 bytes\)/,
    );
    expect(chunks).toBeLessThan(10);
  });
});

describe("a model that the official server has retired", () => {
  const gone = { error: { code: "model_not_found", message: "The model 'dall-e-2' does not exist.", param: null } };
  const responses = [Response.json(gone, { status: 404 })];

  it("ours: says so, in the server's words first, then what to do", async () => {
    const { error } = await call(OpenAI, { image: image() }, { responses });
    expect(error).toBeInstanceOf(OpenAI.NotFoundError);
    expect(error!.message).toMatch(/^404 The model 'dall-e-2' does not exist\.\n.*`baseURL`.*POST \/images\/edits/);
  });

  it.each([
    [400, "The model `dall-e-2` has been deprecated."],
    [403, "Project does not have access: model_not_found"],
    [404, "This model was RETIRED."],
    [410, "dall-e-2 is no longer available."],
  ])("ours: says so of a %i, however the server puts it: %s", async (status, message) => {
    const { error } = await call(OpenAI, { image: image() }, { responses: [Response.json({ message }, { status })] });
    expect(error!.message).toBe(
      `${status} ${message}\nThe model is retired there. Set \`baseURL\` or OPENAI_BASE_URL to a server that has it, or use POST /images/edits.`,
    );
  });

  it.each([400, 404])("ours: adds nothing to a %i that says something else", async (status) => {
    const other = [Response.json({ message: "No image." }, { status })];
    const { error } = await call(OpenAI, { image: image() }, { responses: other });
    expect(error!.message).toBe(`${status} No image.`);
  });

  it.each([401, 411, 429, 500])("ours: adds nothing to a %i, which is about something else", async (status) => {
    const errorBody = { error: { message: "The project does not exist." } };
    const response = Response.json(errorBody, { status, headers: { "x-should-retry": "false" } });
    const { error } = await call(OpenAI, { image: image() }, { responses: [response] });
    expect(error!.message).toBe(`${status} The project does not exist.`);
  });

  it("ours: leaves another server's words alone", async () => {
    const client = new OpenAI({
      apiKey: "key",
      baseURL: "http://localhost:8000",
      fetch: async () => Response.json(gone, { status: 404 }),
    });
    const promise = client.images.createVariation({ image: image() });
    await expect(promise).rejects.toThrow(/^404 The model 'dall-e-2' does not exist\.$/);
  });
});
