import { afterEach, describe, expect, it, vi } from "vitest";
import { collectImages, failureOf } from "../testing/collect-images.ts";
import { drawImage } from "@image-variations/target-imitations/draw-image";
import { imitate, type ImitationOptions } from "@image-variations/target-imitations/imitation";
import { imitateVariations } from "@image-variations/target-imitations/imitate-variations";
import { createImageVariation } from "../generated/parameter-tables.ts";
import { variations, type VariationsOptions } from "../variations.ts";

function connect(options: VariationsOptions, behaviour: ImitationOptions = {}) {
  const { fetch, requests } = imitate(imitateVariations(options.target ?? "contract", behaviour));
  return { backend: variations({ fetch, maxRetries: 0, baseURL: "http://variations.test/v1", ...options }), requests };
}

/** The sizes that the contract has, in pixels, so that a changed contract changes what the tests expect. */
const { allowed } = createImageVariation.find(({ name }) => name === "size") as { readonly allowed: readonly string[] };
const sizes = allowed.map((size) => Number.parseInt(size, 10)).toSorted((one, other) => one - other);
const [smallest = 0] = sizes;

afterEach(() => vi.unstubAllEnvs());

describe("variations of another server", () => {
  it("sends the contract's parameters, and asks for base64", async () => {
    const { backend, requests } = connect({});
    await collectImages(backend, {
      n: 2,
      size: smallest,
      model: "dall-e-2",
      user: "jane",
      seed: 3,
      strength: 0.5,
      prompt: "an otter",
    });
    const { image, ...fields } = requests[0]!.body;
    expect(fields).toEqual({
      model: "dall-e-2",
      n: "2",
      size: `${smallest}x${smallest}`,
      response_format: "b64_json",
      user: "jane",
    });
    expect((image as File).type).toBe("image/png");
  });

  it("sends seed, strength and prompt to a server of ours", async () => {
    const { backend, requests } = connect({ target: "image-variations" });
    await collectImages(backend, { seed: 3, strength: 0.5, prompt: "an otter" });
    expect(requests[0]!.body).toMatchObject({ seed: "3", strength: "0.5", prompt: "an otter" });
  });

  it("sends a prompt to Xinference, and its model in place of the caller's", async () => {
    const { backend, requests } = connect({ target: "xinference", model: "my-model" });
    await collectImages(backend, { model: "dall-e-2", prompt: "an otter", user: "jane" });
    expect(requests[0]!.body).toMatchObject({ model: "my-model", prompt: "an otter" });
    expect(requests[0]!.body).not.toHaveProperty("user");
  });

  it("asks for the next larger size that the contract has", async () => {
    const { backend, requests } = connect({});
    const largest = Math.max(...sizes);
    for (const size of [...sizes.flatMap((pixels) => [pixels - 1, pixels]), largest + 1]) {
      await collectImages(backend, { size });
    }
    const expected = [...sizes.flatMap((size) => [size, size]), largest].map((size) => `${size}x${size}`);
    expect(requests.map(({ body }) => body["size"])).toEqual(expected);
  });

  it("sends nothing of the environment, which is about OpenAI", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-of-the-environment");
    vi.stubEnv("OPENAI_ORG_ID", "org-1");
    vi.stubEnv("OPENAI_BASE_URL", "http://elsewhere.test");
    const { backend, requests } = connect({});
    await collectImages(backend);
    const names = ["authorization", "openai-organization", "openai-project"];
    expect(names.map((name) => requests[0]!.headers.get(name))).toEqual([null, null, null]);
  });

  it("sends the key and the headers that are set", async () => {
    const { backend, requests } = connect({ apiKey: "key-1", headers: { "X-Tenant": "otters" } });
    await collectImages(backend);
    expect([requests[0]!.headers.get("authorization"), requests[0]!.headers.get("x-tenant")]).toEqual([
      "Bearer key-1",
      "otters",
    ]);
  });

  it("counts an image that is null as missing, and a path as a fault", async () => {
    const png = Buffer.from(await drawImage({ width: 64 })).toString("base64");
    const lists = [
      [
        { url: null, b64_json: null },
        { url: null, b64_json: png },
      ],
      [{ b64_json: png }],
      [{ url: "/root/image/1.png", b64_json: null }],
    ];
    const { backend } = connect(
      {},
      { instead: (_, attempt) => Response.json({ created: 1, data: lists[attempt - 1] }) },
    );
    expect(await collectImages(backend, { n: 2 })).toHaveLength(2);
    expect(await failureOf(backend)).toMatchObject({
      status: 502,
      message: expect.stringMatching(/"\/root\/image\/1\.png", which is not an http or https URL/),
    });
  });

  it("tells the caller that a model is missing only if the caller chose it", async () => {
    const error = { message: "The model 'dall-e-9' does not exist.", code: "model_not_found", param: "model" };
    const instead = () => Response.json({ error }, { status: 404 });
    const theirs = await failureOf(connect({}, { instead }).backend, { model: "dall-e-9" });
    const ours = await failureOf(connect({ model: "dall-e-9" }, { instead }).backend);
    expect(theirs).toMatchObject({ status: 400, ...error });
    expect(ours).toMatchObject({ status: 502, code: error.code, message: expect.stringContaining("Set `model`") });
  });

  it.for<[unknown, string]>([
    [{}, "`baseURL` is missing"],
    [{ target: "lemonade" }, "`model` is missing, which Lemonade"],
    [{ target: "xinference" }, "`model` is missing, which Xinference needs"],
    [{ target: "litellm" }, "one of contract, image-variations, xinference, lemonade, deepinfra"],
  ])("rejects the options %j", ([options, message]) => {
    expect(() => variations(options as VariationsOptions)).toThrow(message);
  });
});
