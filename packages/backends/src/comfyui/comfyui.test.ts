import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comfyUI, type ComfyUIOptions, type ComfyUIWorkflow } from "../comfyui.ts";
import { collectImages, failureOf } from "../testing/collect-images.ts";
import { inspectImage } from "@image-variations/target-imitations/draw-image";
import { imitate, serveImitation } from "@image-variations/target-imitations/imitation";
import { type ComfyUIImitationOptions, imitateComfyUI } from "@image-variations/target-imitations/imitate-comfyui";

function connect(options: ComfyUIOptions = {}, behaviour: ComfyUIImitationOptions = {}) {
  const { fetch, requests } = imitate(imitateComfyUI({ polls: 0, ...behaviour }));
  const prompts = (): ComfyUIWorkflow[] =>
    requests.filter(({ path }) => path === "/prompt").map(({ body }) => body["prompt"] as ComfyUIWorkflow);
  const paths = (): string[] => requests.map(({ method, path }) => `${method} ${path.replace(/[\w-]{36}/, "ID")}`);
  return { backend: comfyUI({ fetch, maxRetries: 0, ...options }), requests, prompts, paths };
}

/** A user's workflow, which makes one image at a time. */
const workflow: ComfyUIWorkflow = {
  "3": {
    class_type: "KSampler",
    inputs: { seed: "%seed%", denoise: "%denoise%", latent_image: ["10", 0] },
    _meta: { title: "KSampler" },
  },
  "10": { class_type: "LoadImage", inputs: { image: "%image%" } },
  "11": { class_type: "CLIPTextEncode", inputs: { text: "photo of %prompt%, %width%x%height%, %date%" } },
  "12": { class_type: "SaveImage", inputs: { images: ["3", 0], filename_prefix: "%KSampler.seed%" } },
};

describe("ComfyUI", () => {
  it("is given the image, then the workflow, and asked for the files when the job is done", async () => {
    const { backend, paths } = connect({ batchSize: 2 }, { polls: 2 });
    await collectImages(backend, { n: 2 });
    expect(paths()).toEqual([
      "GET /object_info/CheckpointLoaderSimple",
      "POST /upload/image",
      "POST /prompt",
      "GET /api/jobs/ID",
      "GET /api/jobs/ID",
      "GET /api/jobs/ID",
      "GET /history/ID",
      "GET /view",
      "GET /view",
    ]);
  });

  it("fills in the built-in workflow, numbers as numbers", async () => {
    const { backend, prompts, requests } = connect({
      checkpoint: "model.safetensors",
      steps: 12,
      cfgScale: 4,
      sampler: "ddim",
      scheduler: "karras",
      negativePrompt: "text",
      batchSize: 3,
    });
    await collectImages(backend, { n: 3, seed: 4_294_967_295, strength: 0.3, prompt: "an otter" });
    const nodes = Object.values(prompts()[0]!);
    const inputsOf = (type: string): object =>
      nodes.filter(({ class_type: name }) => name === type).map(({ inputs }) => inputs);
    expect(inputsOf("KSampler")).toEqual([
      expect.objectContaining({
        seed: 4_294_967_295,
        denoise: 0.3,
        steps: 12,
        cfg: 4,
        sampler_name: "ddim",
        scheduler: "karras",
      }),
    ]);
    expect(inputsOf("RepeatLatentBatch")).toEqual([expect.objectContaining({ amount: 3 })]);
    expect(inputsOf("CLIPTextEncode")).toMatchObject([{ text: "an otter" }, { text: "text" }]);
    const upload = requests.find(({ path }) => path === "/upload/image")!.body["image"] as File;
    expect(inputsOf("LoadImage")).toEqual([{ image: upload.name }]);
    expect(await inspectImage(new Uint8Array(await upload.arrayBuffer()))).toMatchObject({ format: "png", width: 512 });
  });

  it.for([false, true])("takes the first checkpoint that it lists (COMBO: %s)", async (saysCombo) => {
    const { backend, prompts } = connect({}, { checkpoints: ["a.safetensors", "b.safetensors"], saysCombo });
    await collectImages(backend);
    expect(JSON.stringify(prompts()[0])).toContain('"ckpt_name":"a.safetensors"');
  });

  it("says that it has no checkpoint", async () => {
    expect(await failureOf(connect({}, { checkpoints: [] }).backend)).toMatchObject({
      status: 502,
      message: expect.stringContaining("models/checkpoints"),
    });
  });

  it("runs a user's workflow once for every image, each with another seed", async () => {
    const { backend, prompts } = connect({ workflow });
    await collectImages(backend, { n: 3, seed: 7, size: 512, prompt: "an otter" });
    expect(prompts().map((nodes) => nodes["3"]!.inputs["seed"])).toEqual([7, 8, 9]);
    expect(prompts()[0]!["11"]!.inputs["text"]).toBe("photo of an otter, 512x512, %date%");
    expect(prompts()[0]!["12"]!.inputs["filename_prefix"]).toBe("%KSampler.seed%");
    expect(prompts()[0]!["3"]).toMatchObject({ _meta: { title: "KSampler" } });
  });

  it("fills in any text, such as one with quotes, without changing the workflow's shape", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        const prompt = `otter ${text}`;
        const { backend, prompts } = connect({ workflow });
        await collectImages(backend, { prompt });
        expect(prompts()[0]!["11"]!.inputs["text"]).toBe(`photo of ${prompt.trim()}, 512x512, %date%`);
      }),
      { numRuns: 10 },
    );
  });

  it("takes the images of the node that is named", async () => {
    const named: ComfyUIWorkflow = { ...workflow, "9": workflow["12"]! };
    expect(await collectImages(connect({ workflow: named, outputNode: "9" }).backend)).toHaveLength(1);
    expect(await failureOf(connect({ workflow: named, outputNode: "12" }).backend)).toMatchObject({
      status: 502,
      message: expect.stringContaining("returned 0 of 1"),
    });
  });

  it("hands on the progress from its socket, and ignores its other messages", async () => {
    const says = [
      '{"type":"status","data":{}}',
      "no JSON",
      '{"type":"progress","data":{"value":5,"max":20,"node":"7"}}',
      '{"type":"progress","data":{"value":1,"max":0}}',
    ];
    const told = Promise.withResolvers<void>();
    await using server = await serveImitation(
      imitateComfyUI({
        polls: 0,
        // The job goes on when its progress has arrived.
        instead: () => told.promise.then(() => undefined),
      }),
      says,
    );
    const seen: number[] = [];
    const backend = comfyUI({ baseURL: server.url, batchSize: 2 });
    await collectImages(backend, {
      n: 2,
      onProgress: ({ done }) => {
        seen.push(done);
        told.resolve();
      },
    });
    await backend.close?.();
    expect(seen).toEqual([0.25, 0.5, 1]);
  });

  it("goes on without progress if it has no sockets", async () => {
    await using server = await serveImitation(imitateComfyUI({ polls: 0 }));
    const backend = comfyUI({ baseURL: server.url });
    expect(await collectImages(backend, { onProgress: () => {} })).toHaveLength(1);
    await backend.close?.();
  });

  it("waits by queue and history if it has no /api/jobs", async () => {
    const { backend, paths } = connect({}, { hasJobs: false, polls: 6 });
    expect(await collectImages(backend, { n: 2 })).toHaveLength(2);
    expect(paths()).toContain("GET /queue");
  });

  it("says what each node of a workflow has against it", async () => {
    const error = await failureOf(connect({ checkpoint: "missing.safetensors" }).backend);
    expect(error).toMatchObject({
      status: 502,
      message: expect.stringMatching(
        /Prompt outputs failed validation Node 1 \(CheckpointLoaderSimple\): Value not in list: ckpt_name: 'missing\.safetensors' not in/,
      ),
    });
  });

  it("says why a job failed", async () => {
    expect(await failureOf(connect({}, { outcome: "failed" }).backend)).toMatchObject({
      status: 502,
      message: "ComfyUI: the job failed. node 7 (KSampler): Allocation on device",
    });
  });

  it("says that a job is lost, such as after a restart", async () => {
    expect(await failureOf(connect({}, { outcome: "lost" }).backend)).toMatchObject({
      status: 502,
      message: expect.stringContaining("neither in the queue nor in the history"),
    });
  });

  it.for([
    [true, ["POST /api/jobs/ID/cancel"]],
    [false, ["POST /api/jobs/ID/cancel", "POST /queue", "POST /interrupt"]],
  ] as const)("cancels the job when the caller leaves (/api/jobs: %s)", async ([hasJobs, expected]) => {
    const controller = new AbortController();
    const reason = new Error("The client has left.");
    const { fetch, requests } = imitate((request) => {
      if (request.url.includes("/history/") || request.url.includes("/api/jobs/"))
        setImmediate(() => controller.abort(reason));
      return handler(request);
    });
    const handler = imitateComfyUI({ outcome: "never", hasJobs });
    const backend = comfyUI({ fetch, maxRetries: 0 });
    expect(await failureOf(backend, { signal: controller.signal })).toBe(reason);
    const posts = requests
      .filter(({ method }) => method === "POST")
      .map(({ path }) => `POST ${path.replace(/[\w-]{36}/, "ID")}`);
    expect(posts.slice(2)).toEqual(expected);
  });

  it.for([false, true])("cancels the job when the time is up (it chooses the id: %s)", async (ownIds) => {
    const { backend, requests, paths } = connect({ jobTimeout: 300 }, { outcome: "never", ownIds });
    expect(await failureOf(backend)).toMatchObject({
      status: 504,
      message: expect.stringContaining("within 0.3 s. Raise `jobTimeout`"),
    });
    expect(paths().at(-1)).toBe("POST /api/jobs/ID/cancel");
    const jobs = requests.filter(({ path }) => path.startsWith("/api/jobs/")).map(({ path }) => path.split("/")[3]);
    expect(new Set(jobs).size).toBe(1);
  });

  it.for<[unknown, string]>([
    [
      { workflow: "variations.json" },
      '`workflow` must be an object: the nodes of a workflow in API format, got "variations.json".',
    ],
    [{ workflow: { nodes: [], links: [] } }, "in API format (Export (API)), not the one that the editor saves"],
    [{ workflow: { "1": { class_type: "LoadImage" } } }, 'made of nodes with class_type and inputs, which "1" is not'],
    [{ workflow: { "1": { class_type: "LoadImage", inputs: {} } } }, "with the placeholder %image%"],
    [{ workflow: { "1": { class_type: "LoadImage", inputs: { image: "%image%" } } } }, "with the placeholder %seed%"],
    [{ workflow, steps: 3 }, "`steps` is for the built-in workflow"],
    [{ workflow, outputNode: "99" }, '`outputNode` must be the id of a node in `workflow` (3, 10, 11, 12), got "99".'],
  ])("rejects the options %j", ([options, message]) => {
    expect(() => comfyUI(options as ComfyUIOptions)).toThrow(message);
  });
});
