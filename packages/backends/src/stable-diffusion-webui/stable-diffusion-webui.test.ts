import { describe, expect, it } from "vitest";
import { stableDiffusionWebUI, type StableDiffusionWebUIOptions } from "../stable-diffusion-webui.ts";
import { collectImages, failureOf, variationRequest } from "../testing/collect-images.ts";
import { inspectImage } from "@image-variations/target-imitations/draw-image";
import { imitate } from "@image-variations/target-imitations/imitation";
import { imitateWebUI, type WebUIImitationOptions } from "@image-variations/target-imitations/imitate-web-ui";

function connect(options: StableDiffusionWebUIOptions = {}, behaviour: WebUIImitationOptions = {}) {
  const { fetch, requests } = imitate(imitateWebUI(options.target ?? "webui", behaviour));
  const paths = (): string[] => requests.map(({ path }) => path.replace("/sdapi/v1/", ""));
  return { backend: stableDiffusionWebUI({ fetch, maxRetries: 0, ...options }), requests, paths };
}

describe("the Stable Diffusion web UI", () => {
  it("is asked for as many images at once as `batchSize` says, each with a seed of its own", async () => {
    const { backend, requests } = connect({
      negativePrompt: "text",
      steps: 30,
      cfgScale: 5,
      sampler: "DDIM",
      model: "sd15",
      batchSize: 2,
    });
    await collectImages(backend, { n: 3, size: 512, seed: 9, strength: 0.4, prompt: "an otter" });
    const { init_images: images, ...body } = requests[0]!.body;
    expect(body).toEqual({
      prompt: "an otter",
      negative_prompt: "text",
      denoising_strength: 0.4,
      seed: 9,
      steps: 30,
      cfg_scale: 5,
      sampler_name: "DDIM",
      width: 512,
      height: 512,
      resize_mode: 0,
      batch_size: 2,
      n_iter: 1,
      send_images: true,
      save_images: false,
      override_settings: { sd_model_checkpoint: "sd15" },
    });
    expect(requests.map(({ body: { batch_size: count, seed } }) => [count, seed])).toEqual([
      [2, 9],
      [1, 11],
    ]);
    const [sent] = images as string[];
    expect(await inspectImage(Buffer.from(sent!, "base64"))).toMatchObject({ format: "png", width: 512, height: 512 });
  });

  it("renders small images at 512 pixels, or at what is set", async () => {
    const small = connect();
    const set = connect({ renderSize: 768 });
    for (const { backend } of [small, set]) await collectImages(backend, { size: 256 });
    expect([small.requests[0]!.body["width"], set.requests[0]!.body["width"]]).toEqual([512, 768]);
  });

  it("never sends an empty prompt, nor a strength at which nothing is drawn", async () => {
    const { backend, requests } = connect();
    await collectImages(backend, { prompt: "", strength: 0 });
    expect(requests[0]!.body).toMatchObject({
      prompt: "a high quality image, rich in detail",
      denoising_strength: 0.05,
    });
  });

  it("leaves out the grid that comes first", async () => {
    const { backend } = connect({ batchSize: 3 }, { grid: true });
    const images = await collectImages(backend, { n: 3, seed: 1 });
    const plain = await collectImages(connect().backend, { n: 3, seed: 1 });
    expect(images).toEqual(plain);
  });

  it("hands on each image as soon as it is drawn", async () => {
    const { backend, requests } = connect();
    const counts: number[] = [];
    for await (const _ of backend.createVariations(await variationRequest({ n: 3 }))) counts.push(requests.length);
    expect(counts).toEqual([1, 2, 3]);
  });

  it("asks Xinference for a model", async () => {
    const { backend, requests } = connect({ target: "xinference", model: "sd3" });
    await collectImages(backend);
    expect(requests[0]!.body).toMatchObject({ model: "sd3", override_settings: {} });
  });

  it("hands on the web UI's progress while it draws", async () => {
    let finish = (): void => undefined;
    const drawn = new Promise<void>((resolve) => (finish = resolve));
    const seen: number[] = [];
    const { backend } = connect(
      { batchSize: 2 },
      {
        progress: [0.25],
        instead: async () => {
          await drawn;
          return undefined;
        },
      },
    );
    await collectImages(backend, {
      n: 2,
      onProgress: ({ done }) => {
        seen.push(done);
        finish();
      },
    });
    expect(seen).toEqual([0.25, 0.5, 1]);
  });

  it("interrupts the web UI when the caller leaves", async () => {
    const controller = new AbortController();
    const { backend, paths } = connect(
      {},
      {
        instead: () => {
          controller.abort();
          return new Promise<Response>(() => {});
        },
      },
    );
    await failureOf(backend, { signal: controller.signal });
    expect(paths()).toEqual(["img2img", "interrupt"]);
  });

  it("interrupts the web UI when the time is up", async () => {
    const { backend, paths } = connect({ timeout: 50 }, { instead: () => new Promise<Response>(() => {}) });
    expect(await failureOf(backend)).toMatchObject({ status: 504 });
    expect(paths()).toEqual(["img2img", "interrupt"]);
  });

  it("interrupts nothing when the caller leaves before their turn", async () => {
    const controller = new AbortController();
    const started = Promise.withResolvers<void>();
    const finished = Promise.withResolvers<undefined>();
    const instead = (): Promise<undefined> => {
      started.resolve();
      return finished.promise;
    };
    const { backend, paths } = connect({}, { instead });
    const first = collectImages(backend);
    await started.promise;
    const second = failureOf(backend, { signal: controller.signal });
    controller.abort();
    await second;
    finished.resolve(undefined);
    await first;
    expect(paths()).toEqual(["img2img"]);
  });

  it("says that it was started without --api", async () => {
    const error: unknown = await connect({}, { isClosed: true })
      .backend.checkReady?.()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ status: 503, message: expect.stringContaining("Start it with --api") });
  });

  it.for<[StableDiffusionWebUIOptions, string]>([
    [{ username: "user" }, "`username` and `password` belong together"],
    [{ target: "xinference" }, "`model` is missing, which Xinference needs"],
    [{ steps: 0 }, "`steps` must be a whole number from 1 to 1000, got 0."],
    [{ concurrency: 0 }, "`concurrency` must be a whole number from 1 to 1000, got 0."],
    [{ renderSize: 100.5 }, "`renderSize` must be a whole number from 64 to 4096, got 100.5."],
  ])("rejects the options %j", ([options, message]) => {
    expect(() => stableDiffusionWebUI(options)).toThrow(message);
  });
});
