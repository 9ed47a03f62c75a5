import { ImageVariations, type ImageCreateVariationParams } from "@image-variations/client";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation } from "../contract/operation.ts";
import { checkProperty } from "../property/check-property.ts";
import { parseMultipart } from "../wire/parse-multipart.ts";
import { recordRequests, type Recorder } from "../wire/record-requests.ts";
import { sampleImage } from "../wire/sample-image.ts";

let recorder: Recorder;
let client: ImageVariations;
beforeAll(async () => {
  recorder = await recordRequests();
  client = new ImageVariations({ baseURL: recorder.url, apiKey: "key", maxRetries: 0 });
});
afterAll(() => recorder[Symbol.asyncDispose]());

const names = Object.entries(operation.request!.schema.properties!)
  .filter(([, { format }]) => format !== "binary")
  .map(([name]) => name);

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom("", "\r\n--", "\r\n\r\n", "é", "\0"),
);
const anyValue = fc.oneof(anyText, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined));
const anyParameters = fc.record(Object.fromEntries(names.map((name) => [name, anyValue])), { requiredKeys: [] });

const anyBytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 2_000 }),
  fc.uint8Array({ maxLength: 200 }).map((tail) => Uint8Array.from([...sampleImage, ...tail])),
  anyText.map((text) => Uint8Array.from(Buffer.from(`\r\n--image-variations-${text}\r\n--${text}--\r\n`))),
);

/** The forms that an image can come in. */
const forms: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => ImageCreateVariationParams["image"]>> = {
  file: (bytes) => new File([bytes], "otter.png", { type: "image/png" }),
  blob: (bytes) => new Blob([bytes]),
  buffer: (bytes) => Buffer.from(bytes),
  arrayBuffer: (bytes) => bytes.slice().buffer,
  response: (bytes) => new Response(bytes),
  webStream: (bytes) => new Blob([bytes]).stream(),
  chunks: (bytes) => inChunks(bytes),
};

test("whatever is sent arrives unchanged, byte for byte", async () => {
  const arrives = fc.asyncProperty(
    anyParameters,
    anyBytes,
    fc.constantFrom(...Object.values(forms)),
    async (parameters, bytes, asForm) => {
      const image = asForm(Uint8Array.from(bytes));
      await client.images.createVariation({ image, ...parameters } as ImageCreateVariationParams);
      const [request, ...others] = recorder.take();
      expect(others).toEqual([]);
      const [part, ...texts] = await parseMultipart(request!);
      expect(part).toMatchObject({ name: "image", bytes: Buffer.from(bytes) });
      expect(texts).toEqual(
        Object.entries(parameters)
          .filter(([, value]) => value !== null && value !== undefined)
          .map(([name, value]) => ({ name, text: wellFormed(String(value)) })),
      );
    },
  );
  await checkProperty("what arrives", arrives);
});

/** Half a surrogate pair is not a character, and is encoded as U+FFFD. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 97) yield bytes.subarray(start, start + 97);
}
