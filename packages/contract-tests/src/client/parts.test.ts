import { ImageVariations } from "@image-variations/client";
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation } from "../contract/operation.ts";
import { parameterCases } from "../contract/parameter-cases.ts";
import { parseMultipart, partHeads } from "../wire/parse-multipart.ts";
import { recordRequests, type RecordedRequest, type Recorder } from "../wire/record-requests.ts";
import { sampleFile, sampleImage } from "../wire/sample-image.ts";

type Params = Parameters<ImageVariations["images"]["createVariation"]>[0];

let recorder: Recorder;
beforeAll(async () => {
  recorder = await recordRequests();
});
afterAll(() => recorder[Symbol.asyncDispose]());

async function send(params: Params): Promise<RecordedRequest> {
  const client = new ImageVariations({ baseURL: recorder.url, apiKey: "key" });
  await client.images.createVariation(params);
  const [request, ...others] = recorder.take();
  expect(others).toEqual([]);
  return request!;
}

/** An allowed value of every parameter but the image. */
const values = Object.fromEntries(
  parameterCases.filter(({ forbiddenBy }) => !forbiddenBy).map(({ parameter, value }) => [parameter, value]),
);

test("the request goes to the operation of the spec, with a key and a length, unchunked", async () => {
  const { method, url, headers, body } = await send({ image: sampleFile() });
  expect({ method, url }).toEqual({ method: operation.method, url: operation.path });
  expect(headers["content-type"]).toMatch(/^multipart\/form-data; boundary=[\w.-]{1,70}$/);
  expect(headers["content-length"]).toBe(String(body.length));
  expect(headers["transfer-encoding"]).toBeUndefined();
  expect(headers.authorization).toBe("Bearer key");
  expect(headers.accept).toBe("application/json");
});

test("every parameter is a part with its name, and its value as text", async () => {
  const parts = await parseMultipart(await send({ image: sampleFile(), ...values }));
  expect(parts).toEqual([
    { name: "image", fileName: "otter.png", mediaType: "image/png", bytes: Buffer.from(sampleImage) },
    ...Object.entries(values).map(([name, value]) => ({ name, text: String(value) })),
  ]);
  expect(parts.map(({ name }) => name).toSorted()).toEqual(
    Object.keys(operation.request!.schema.properties!).toSorted(),
  );
});

test("text parts have no media type, like those of browsers", async () => {
  const [, ...heads] = partHeads(await send({ image: sampleFile(), ...values }));
  expect(heads).toEqual(Object.keys(values).map((name) => `Content-Disposition: form-data; name="${name}"`));
});

test.for([{ nothing: null }, { nothing: undefined }])(
  "a parameter that is $nothing is left out",
  async ({ nothing }) => {
    const params = Object.fromEntries(Object.keys(values).map((name) => [name, nothing]));
    const parts = await parseMultipart(await send({ image: sampleFile(), ...params }));
    expect(parts.map(({ name }) => name)).toEqual(["image"]);
  },
);

describe("the image arrives byte for byte and typed image/png when it is given as", () => {
  const path = fileURLToPath(new URL("../../../../assets/otter-32.png", import.meta.url));
  const sources: { what: string; image: () => Params["image"]; fileName: string }[] = [
    { what: "a File", image: sampleFile, fileName: "otter.png" },
    { what: "a File without a type", image: () => new File([sampleImage], "otter.png"), fileName: "otter.png" },
    {
      what: "a File of the wrong type",
      image: () => new File([sampleImage], "otter", { type: "application/octet-stream" }),
      fileName: "otter",
    },
    { what: "a Blob", image: () => new Blob([sampleImage]), fileName: "image.png" },
    { what: "a Buffer", image: () => Buffer.from(sampleImage), fileName: "image.png" },
    { what: "an ArrayBuffer", image: () => sampleImage.slice().buffer, fileName: "image.png" },
    { what: "a view into a larger buffer", image: viewIntoLarger, fileName: "image.png" },
    { what: "a file's read stream", image: () => createReadStream(path), fileName: "otter-32.png" },
    {
      what: "a file's read stream in small chunks",
      image: () => createReadStream(path, { highWaterMark: 7 }),
      fileName: "otter-32.png",
    },
    { what: "a web stream", image: () => new Blob([sampleImage]).stream(), fileName: "image.png" },
    { what: "a fetch Response", image: () => new Response(sampleImage), fileName: "image.png" },
  ];

  test.for(sources)("$what", async ({ image, fileName }) => {
    const [part] = await parseMultipart(await send({ image: image() }));
    expect(part).toEqual({ name: "image", fileName, mediaType: "image/png", bytes: Buffer.from(sampleImage) });
  });

  function viewIntoLarger(): Uint8Array {
    const larger = new Uint8Array(sampleImage.length + 20).fill(0xff);
    larger.set(sampleImage, 10);
    return larger.subarray(10, 10 + sampleImage.length);
  }
});

describe("bytes that look like multipart arrive as bytes:", () => {
  const lookalikes = [
    { what: "line ends", tail: "\r\n\r\n\r\n" },
    { what: "lone returns and feeds", tail: "\r\r\n\n\r" },
    { what: "dashes", tail: "\r\n--\r\n----\r\n--" },
    {
      what: "a whole form",
      tail: '\r\n--x\r\nContent-Disposition: form-data; name="n"\r\n\r\n99\r\n--x--\r\n',
    },
  ];

  test.for(lookalikes)("$what in the image", async ({ tail }) => {
    const bytes = Buffer.concat([sampleImage, Buffer.from(tail)]);
    const parts = await parseMultipart(await send({ image: bytes, n: 2 }));
    expect(parts).toMatchObject([
      { name: "image", bytes },
      { name: "n", text: "2" },
    ]);
  });

  test.for(lookalikes)("$what in a text", async ({ tail }) => {
    const parts = await parseMultipart(await send({ image: sampleFile(), model: tail }));
    expect(parts).toMatchObject([{ name: "image" }, { name: "model", text: tail }]);
  });

  test("the boundary of the previous request", async () => {
    const boundary = /boundary=(.+)$/.exec((await send({ image: sampleFile() })).headers["content-type"]!)![1]!;
    const bytes = Buffer.concat([sampleImage, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const parts = await parseMultipart(await send({ image: bytes, n: 2 }));
    expect(parts).toMatchObject([
      { name: "image", bytes },
      { name: "n", text: "2" },
    ]);
  });
});

describe("a file's name stays inside its quotes:", () => {
  const ascii = String.fromCharCode(...Array.from({ length: 0x80 }, (_, code) => code)).replaceAll(/[/\\]/g, "");
  const names = ['"', ";", "=", "\r\n", "\0", '"; name="n', "a.png\r\nContent-Type: text/html", "%22", "🦦", "", ascii];

  test.for(names)("%j", async (name) => {
    const request = await send({ image: new File([sampleImage], name), n: 2 });
    const [head] = partHeads(request);
    expect(head).toMatch(
      /^Content-Disposition: form-data; name="image"; filename="[^"\\;=\p{Cc}]+"\r\nContent-Type: image\/png$/u,
    );
    const parts = await parseMultipart(request);
    expect(parts).toMatchObject([
      { name: "image", bytes: Buffer.from(sampleImage) },
      { name: "n", text: "2" },
    ]);
  });
});
