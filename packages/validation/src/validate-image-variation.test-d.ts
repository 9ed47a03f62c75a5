import type { StandardSchemaV1 } from "@standard-schema/spec";
import { createReadStream } from "node:fs";
import { expectTypeOf, test } from "vitest";
import {
  imageVariationParams,
  validateImageVariation,
  type ImageCreateVariationParams,
  type ImageSource,
} from "./index.ts";

test("the schema is a Standard Schema, typed by the spec", () => {
  expectTypeOf(imageVariationParams).toExtend<StandardSchemaV1>();
  expectTypeOf<StandardSchemaV1.InferInput<typeof imageVariationParams>>().toEqualTypeOf<ImageCreateVariationParams>();
  expectTypeOf<StandardSchemaV1.InferOutput<typeof imageVariationParams>>().toEqualTypeOf<ImageCreateVariationParams>();
});

test("an image can be bytes, a file, a response or a stream, but not a path", () => {
  expectTypeOf<Buffer>().toExtend<ImageSource>();
  expectTypeOf<File>().toExtend<ImageSource>();
  expectTypeOf<Response>().toExtend<ImageSource>();
  expectTypeOf(createReadStream("otter.png")).toExtend<ImageSource>();
  expectTypeOf<ReadableStream<Uint8Array>>().toExtend<ImageSource>();
  expectTypeOf<string>().not.toExtend<ImageSource>();
});

test("any value can be validated", () => {
  expectTypeOf(validateImageVariation).parameter(0).toBeUnknown();
});
