import { document } from "@image-variations/spec";
import { describe, expect, test } from "vitest";
import { readPngHeader, violationsOfResponse } from "image-variations/conformance";
import { targetClients } from "../target/target-clients.ts";
import { target } from "../target/target.ts";
import { sampleFile } from "../wire/sample-image.ts";

const { examples } = document.paths["/images/variations"].post.requestBody.content["multipart/form-data"];
const requests = Object.entries<{ readonly value: object }>(examples).map(([name, { value }]) => ({
  name,
  value: value as { readonly n?: number; readonly response_format?: "url" | "b64_json" },
}));

describe.for(targetClients)("$client", ({ create }) => {
  test.for(requests)("accepts the example request of the spec: $name", async ({ value }) => {
    const { data, response } = await create()
      .images.createVariation({ ...value, image: sampleFile() })
      .withResponse();
    expect(violationsOfResponse(response, data)).toEqual([]);
  });

  test("returns as many base64 images as requested, each a square PNG", async () => {
    const { value } = requests.find((example) => example.value.response_format === "b64_json")!;
    // The mock has an example for each format, and must be told which.
    const options = target.isMock ? { headers: { prefer: `example=${value.response_format}` } } : {};
    const { data } = await create().images.createVariation({ ...value, image: sampleFile() }, options);
    expect(data).toHaveLength(value.n ?? 1);
    for (const image of data!) {
      expect(image.url).toBeUndefined();
      expect(image.b64_json).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
      const { width, height } = readPngHeader(Buffer.from(image.b64_json!, "base64"));
      expect(width).toBeGreaterThan(0);
      expect(height).toBe(width);
    }
  });

  test("returns one URL if neither number nor format is requested", async () => {
    const response = await create().images.createVariation({ image: sampleFile() });
    expect(response.data).toEqual([{ url: expect.any(String) }]);
    expect(URL.canParse(response.data![0]!.url!)).toBe(true);
  });
});
