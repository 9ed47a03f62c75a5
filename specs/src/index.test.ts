import { readFileSync } from "node:fs";
import { crc32, inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { document } from "./index.ts";

const file = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");

it("says the same in YAML, in JSON and as a typed constant", () => {
  const yaml: unknown = parse(file("image-variations.yaml"));
  expect(JSON.parse(file("image-variations.json"))).toEqual(yaml);
  expect(document).toEqual(yaml);
});

it("is typed to its last literal", () => {
  const { post } = document.paths["/images/variations"];
  const { created } = post.responses["200"].content["application/json"].examples.url.value;
  const { operationId } = post;
  // Were these types `number` and `string`, the constants could not be true.
  const literal: [number extends typeof created ? false : true, string extends typeof operationId ? false : true] = [
    true,
    true,
  ];
  expect(literal).toEqual([typeof created === "number", typeof operationId === "string"]);
});

it("has a real PNG in its example, so that a mock's response decodes to an image", () => {
  const { examples } = document.paths["/images/variations"].post.responses["200"].content["application/json"];
  for (const { b64_json } of examples.b64_json.value.data) {
    const png = Buffer.from(b64_json, "base64");
    expect(png.toString("base64")).toBe(b64_json);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(width).toBe(height);
    const data: Buffer[] = [];
    for (let offset = 8; offset < png.length;) {
      const length = png.readUInt32BE(offset);
      const end = offset + 8 + length;
      expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(offset + 4, end)));
      if (png.subarray(offset + 4, offset + 8).toString() === "IDAT") data.push(png.subarray(offset + 8, end));
      offset = end + 4;
    }
    expect(inflateSync(Buffer.concat(data)).length % height).toBe(0);
  }
});
