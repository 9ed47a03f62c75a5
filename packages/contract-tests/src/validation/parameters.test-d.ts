import type * as client from "@image-variations/client";
import type { document } from "@image-variations/spec";
import type * as validation from "@image-variations/validation";
import { describe, expectTypeOf, test } from "vitest";

type Schemas = typeof document.components.schemas;
type Reference =
  (typeof document)["paths"]["/images/variations"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"];
type SchemaName = Reference extends `#/components/schemas/${infer Name extends keyof Schemas}` ? Name : never;
type Documented = Schemas[SchemaName]["properties"];
type InClient = client.ImageCreateVariationParams;
type InValidation = validation.ImageCreateVariationParams;

describe("client and validation, which don't import each other, describe", () => {
  test("the parameters that the spec has, and no others", () => {
    expectTypeOf<keyof InClient>().toEqualTypeOf<keyof Documented>();
    expectTypeOf<keyof InValidation>().toEqualTypeOf<keyof Documented>();
  });

  test("every parameter but the image by the same type", () => {
    expectTypeOf<Omit<InClient, "image">>().toEqualTypeOf<Omit<InValidation, "image">>();
  });

  test("images so that whatever can be sent can be checked, except a URL, and whatever was checked can be sent", () => {
    expectTypeOf<Exclude<InClient["image"], URL>>().toExtend<InValidation["image"]>();
    expectTypeOf<InValidation>().toExtend<InClient>();
  });

  test("models and rejections by the same types", () => {
    expectTypeOf<client.ImageModel>().toEqualTypeOf<validation.ImageModel>();
    expectTypeOf<client.ErrorResponse>().toEqualTypeOf<validation.ErrorResponse>();
  });
});
