import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { engine } from "../engine.ts";
import { BackendError } from "../index.ts";
import { collectImages, failureOf, variationRequest } from "../testing/collect-images.ts";
import { drawImage, inspectImage } from "@image-variations/target-imitations/draw-image";

/** A landscape of sorts, so that there is something to vary. */
async function drawScene(size = 64): Promise<Uint8Array<ArrayBuffer>> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#9cd"/>
    <circle cx="44" cy="18" r="9" fill="#fd6"/><path d="M0 64 20 28 36 50 46 38 64 64" fill="#475"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg), { density: 300 }).resize(size).png().toBuffer());
}
const base64 = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString("base64");

describe("engine", () => {
  it.for([
    [1, 256],
    [3, 256],
    [2, 512],
  ] as const)("makes %i PNG images of %i pixels, each another", async ([n, size]) => {
    const images = await collectImages(engine(), { image: await drawScene(), n, size });
    const inspected = await Promise.all(images.map(({ bytes }) => inspectImage(bytes)));
    expect(inspected).toEqual(
      Array.from({ length: n }, () => expect.objectContaining({ format: "png", width: size, height: size })),
    );
    expect(new Set(images.map(base64)).size).toBe(n);
  });

  it("makes the same images in the same order from the same seed, however many threads it has", async () => {
    const image = await drawScene();
    const changes = { image, n: 5, seed: 4_294_967_294, size: 64 };
    const one = await collectImages(engine({ workers: 1 }), changes);
    const two = await collectImages(engine({ workers: 2 }), changes);
    const here = await collectImages(engine({ workers: 0 }), changes);
    expect(two.map(base64)).toEqual(one.map(base64));
    expect(here.map(base64)).toEqual(one.map(base64));
  });

  it("serves more requests at once than it has threads", async () => {
    const backend = engine({ workers: 2 });
    const image = await drawScene();
    const runs = Array.from({ length: 4 }, (_, seed) => collectImages(backend, { image, n: 3, seed, size: 64 }));
    expect((await Promise.all(runs)).map((images) => images.length)).toEqual([3, 3, 3, 3]);
  });

  it("reports progress that rises to 1", async () => {
    const seen: number[] = [];
    await collectImages(engine(), {
      image: await drawScene(),
      n: 3,
      size: 64,
      onProgress: ({ done }) => seen.push(done),
    });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it("ends with the signal's reason, in the middle and while it waits for a thread", async () => {
    const backend = engine({ workers: 1 });
    const image = await drawScene();
    const controller = new AbortController();
    const reason = new Error("The client has left.");
    const started = Promise.withResolvers<void>();
    const { signal } = controller;
    const first = failureOf(backend, { image, n: 10, size: 512, signal, onProgress: () => started.resolve() });
    await started.promise;
    const second = failureOf(backend, { image, n: 1, signal });
    controller.abort(reason);
    expect(await Promise.all([first, second])).toEqual([reason, reason]);
    // The thread is free again.
    expect(await collectImages(backend, { image, size: 64 })).toHaveLength(1);
  });

  it("frees its threads for a caller that leaves after the first image", async () => {
    const backend = engine({ workers: 1 });
    const image = await drawScene();
    for await (const _ of backend.createVariations(await variationRequest({ image, n: 5, size: 64 }))) break;
    expect(await collectImages(backend, { image, size: 64 })).toHaveLength(1);
  });

  it("says what is wrong with an image that cannot be decoded", async () => {
    const image = (await drawImage({ width: 64 })).subarray(0, 60);
    const error = await failureOf(engine(), { image: new Uint8Array(image) });
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      status: 400,
      param: "image",
      message: expect.stringMatching(/cannot be decoded.*Re-save/),
    });
  });

  it("says what is wrong with a size that it cannot make", async () => {
    expect(await failureOf(engine(), { size: 5 })).toMatchObject({
      status: 400,
      param: "size",
      message: expect.stringMatching(/16 to 4096/),
    });
  });

  it("uses a codec of the caller's own", async () => {
    const used: string[] = [];
    const codec = {
      decode: async () => (used.push("decode"), { width: 16, height: 16, data: new Uint8ClampedArray(1024).fill(200) }),
      encode: async () => (used.push("encode"), Uint8Array.of(1, 2, 3)),
      resize: async () => Promise.reject(new Error("not needed")),
    };
    const [image] = await collectImages(engine({ codec }), { size: 16 });
    expect([used, [...image!.bytes]]).toEqual([
      ["decode", "encode"],
      [1, 2, 3],
    ]);
  });

  it("is ready", async () => {
    await expect(engine().checkReady?.()).resolves.toBe(undefined);
  });
});
