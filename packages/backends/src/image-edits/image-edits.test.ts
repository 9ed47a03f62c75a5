import { afterEach, describe, expect, it, vi } from "vitest";
import { imageEdits, type ImageEditsOptions } from "../image-edits.ts";
import { collectImages, failureOf } from "../testing/collect-images.ts";
import { drawImage } from "@image-variations/target-imitations/draw-image";
import { drawAll, imitate, type ImitationOptions } from "@image-variations/target-imitations/imitation";
import { imitateImageEdits, usageOf } from "@image-variations/target-imitations/imitate-image-edits";

function connect(options: ImageEditsOptions = {}, behaviour: ImitationOptions = {}) {
  const { fetch, requests } = imitate(imitateImageEdits(options.target ?? "openai", behaviour));
  return { backend: imageEdits({ fetch, maxRetries: 0, ...options }), requests };
}
const textFields = (body: Readonly<Record<string, unknown>>): object => {
  const { image: _, ...fields } = body;
  return fields;
};

afterEach(() => vi.unstubAllEnvs());

describe("image edits of OpenAI", () => {
  it("sends what OpenAI knows, and nothing else", async () => {
    const { backend, requests } = connect({ prompt: "Another one." });
    await collectImages(backend, { n: 2, size: 256, seed: 5, strength: 0.5, model: "dall-e-2" });
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /v1/images/edits"]);
    expect(textFields(requests[0]!.body)).toEqual({
      prompt: "Another one.",
      model: "gpt-image-2.6-flare",
      n: "2",
      size: "1024x1024",
      quality: "low",
    });
  });

  it("sends the caller's image as it is", async () => {
    const image = await drawImage({ width: 70 });
    const { backend, requests } = connect();
    await collectImages(backend, { image });
    const sent = requests[0]!.body["image"] as File;
    expect([sent.type, new Uint8Array(await sent.arrayBuffer())]).toEqual(["image/png", image]);
  });

  it("asks for a variation if there is no prompt, and adds the caller's prompt", async () => {
    const { backend, requests } = connect();
    await collectImages(backend, { prompt: "  " });
    await collectImages(backend, { prompt: "in winter" });
    const [first, second] = requests.map(({ body }) => String(body["prompt"]));
    expect(first).toMatch(/new variation of this image.*subject.*style.*composition/);
    expect(second).toBe(`${first} in winter`);
  });

  it("hashes the caller's user, so that what identifies a person stays here", async () => {
    const { backend, requests } = connect();
    await collectImages(backend, { user: "jane@example.com" });
    expect(requests[0]!.body["safety_identifier"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("hands on the revised prompt, and the tokens of each request once", async () => {
    const draw: ImitationOptions["draw"] = async (request) =>
      drawAll({ ...request, count: Math.min(2, request.count) });
    const { backend } = connect({}, { draw });
    const images = await collectImages(backend, { n: 3 });
    expect(images.map(({ usage }) => usage)).toEqual([usageOf(2), undefined, usageOf(1)]);
    const revised = connect(
      {},
      {
        instead: async () =>
          Response.json({
            data: [
              { b64_json: Buffer.from(await drawImage({ width: 64 })).toString("base64"), revised_prompt: "An otter." },
            ],
          }),
      },
    );
    expect((await collectImages(revised.backend))[0]).toMatchObject({ revisedPrompt: "An otter." });
  });

  it("reads the key from the environment, for OpenAI alone", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-of-the-environment");
    const there = connect();
    const elsewhere = connect({ baseURL: "http://gateway.test/v1" });
    for (const { backend } of [there, elsewhere]) await collectImages(backend);
    expect(there.requests[0]!.headers.get("authorization")).toBe("Bearer sk-of-the-environment");
    expect(elsewhere.requests[0]!.headers.get("authorization")).toBe(null);
  });

  it("asks a function for the key before every request", async () => {
    let count = 0;
    const { backend, requests } = connect({ apiKey: async () => `key-${++count}` });
    await collectImages(backend);
    await collectImages(backend);
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer key-1", "Bearer key-2"]);
  });

  it("says that a field of the user's own is not known there", async () => {
    const error = await failureOf(connect({ fields: { input_fidelity: "high" } }).backend);
    expect(error).toMatchObject({
      status: 502,
      code: "unknown_parameter",
      message: expect.stringMatching(/input_fidelity.*`fields`/),
    });
  });

  it.for([
    ["prompt", 400],
    ["image[]", 400],
    ["size", 502],
    ["quality", 502],
  ] as const)("tells the caller about a wrong %s only if the caller sent it", async ([param, status]) => {
    const body = { error: { message: "Invalid value.", param, code: "invalid_value", type: "invalid_request_error" } };
    const error = await failureOf(connect({}, { instead: () => Response.json(body, { status: 400 }) }).backend);
    expect(error).toMatchObject({ status, param: status === 400 ? param.replace("[]", "") : null });
    expect((error as Error).message).toContain("Invalid value.");
  });

  it("fetches an image that comes as a URL, without the key", async () => {
    const png = await drawImage({ width: 64 });
    const seen: (string | null)[] = [];
    const backend = imageEdits({
      apiKey: "secret-key",
      fetch: async (url, init) => {
        if (url === "https://cdn.test/1.png") {
          seen.push(new Headers(init.headers).get("authorization"));
          return new Response(png);
        }
        return Response.json({
          data: [
            { url: "https://cdn.test/1.png" },
            { url: `data:image/png;base64,${Buffer.from(png).toString("base64")}` },
          ],
        });
      },
    });
    expect(await collectImages(backend, { n: 2 })).toHaveLength(2);
    expect(seen).toEqual([null]);
  });

  it.for(["/root/image/1.png", "file:///etc/passwd", "ftp://cdn.test/1.png", "//cdn.test/1.png"])(
    "does not fetch %s",
    async (url) => {
      const { backend, requests } = connect({}, { instead: () => Response.json({ data: [{ url }] }) });
      expect(await failureOf(backend)).toMatchObject({
        status: 502,
        message: expect.stringContaining("not an http or https URL"),
      });
      expect(requests).toHaveLength(1);
    },
  );
});

describe("image edits of sd-server", () => {
  it("sends the seed and the strength inside the prompt", async () => {
    const { backend, requests } = connect({ target: "sd-server" });
    await collectImages(backend, { n: 1, seed: 42, strength: 0.3, prompt: "an otter" });
    expect(textFields(requests[0]!.body)).toEqual({
      prompt: 'an otter <sd_cpp_extra_args>{"seed":42,"strength":0.3}</sd_cpp_extra_args>',
      n: "1",
      size: "512x512",
    });
  });

  it("does not let a caller set options of the server", async () => {
    const { backend, requests } = connect({ target: "sd-server" });
    await collectImages(backend, {
      seed: 1,
      strength: 1,
      prompt: 'otter <sd_cpp_extra_args>{"steps":9999}</sd_cpp_extra_args><sd_cpp_extra_args>{"a"',
    });
    expect(requests[0]!.body["prompt"]).not.toContain("9999");
    expect(String(requests[0]!.body["prompt"]).match(/<sd_cpp_extra_args>/g)).toHaveLength(1);
  });

  it("makes other images every time if no seed is given", async () => {
    const { backend, requests } = connect({ target: "sd-server" });
    for (let count = 0; count < 3; count++) await collectImages(backend);
    expect(new Set(requests.map(({ body }) => body["prompt"])).size).toBe(3);
  });
});

it("sends the seed as a field to servers that have one, and fields of the user's own", async () => {
  const { backend, requests } = connect({ target: "sglang", fields: { negative_prompt: "text", guidance_scale: 3 } });
  await collectImages(backend, { seed: 7 });
  expect(requests[0]!.body).toMatchObject({ seed: "7", negative_prompt: "text", guidance_scale: "3" });
});

describe("options of imageEdits", () => {
  it.for<[unknown, string]>([
    [{ baseUrl: "http://x" }, "imageEdits has no option baseUrl. Did you mean baseURL?"],
    [{ api_key: "x" }, "imageEdits has no option api_key. Did you mean apiKey?"],
    [{ nonsense: 1 }, "imageEdits has no option nonsense. Its options are target, baseURL, apiKey"],
    [{ baseURL: "localhost:1234" }, 'imageEdits: `baseURL` must be an http or https URL, got "localhost:1234".'],
    [{ baseURL: "" }, 'imageEdits: `baseURL` must be an http or https URL, got "".'],
    [
      { baseURL: "http://user:hunter2@x" },
      "a URL without a user name and password, which have options of their own, got a string.",
    ],
    [{ baseURL: "http://x/v1?key=1" }, "a URL without a query and a fragment"],
    [{ target: "dall-e" }, '`target` must be one of openai, sd-server, sglang, vllm-omni, got "dall-e".'],
    [{ apiKey: 5 }, "`apiKey` must be a string that is not empty, or a function that returns one, got a number."],
    [{ apiKey: "" }, "got an empty string."],
    [{ model: " " }, '`model` must be a string that is not empty, got " ".'],
    [{ strength: 1.5 }, "`strength` must be a number from 0 to 1, got 1.5."],
    [{ strength: Number.NaN }, "`strength` must be a number from 0 to 1, got NaN."],
    [{ timeout: 0 }, "`timeout` must be a number from 1 to 2147483647, got 0."],
    [{ timeout: "10" }, '`timeout` must be a number from 1 to 2147483647, got "10".'],
    [{ maxRetries: 1.5 }, "`maxRetries` must be a whole number from 0 to 100, got 1.5."],
    [{ headers: { a: 1 } }, "`headers` must be an object of strings, got an object."],
    [{ fetch: true }, "`fetch` must be a function, got true."],
    [{ codec: {} }, "`codec` must be an object with the functions decode, encode and resize, got an object."],
    [{ fields: { n: 4 } }, "`fields` must be without n, which the backend sets itself"],
    [{ fields: [] }, "`fields` must be an object of strings, numbers and booleans, got an array."],
    [null, "imageEdits takes an object of options, got null."],
    ["x", 'imageEdits takes an object of options, got "x".'],
  ])("rejects %j", ([options, message]) => {
    expect(() => imageEdits(options as ImageEditsOptions)).toThrow(TypeError);
    expect(() => imageEdits(options as ImageEditsOptions)).toThrow(message);
    expect(() => imageEdits(options as ImageEditsOptions)).not.toThrow(/hunter2/);
  });

  it("accepts undefined for what may be left out", () => {
    expect(imageEdits({ apiKey: undefined, baseURL: undefined, timeout: undefined }).name).toBe("image-edits");
  });
});
