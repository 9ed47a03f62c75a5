import { document } from "@image-variations/spec";

const { examples } = document.paths["/images/variations"].post.responses["200"].content["application/json"];

/** A small valid PNG, which the contract itself has as an example. */
export const sampleImage: Uint8Array<ArrayBuffer> = new Uint8Array(
  Buffer.from(examples.b64_json.value.data[0].b64_json, "base64"),
);
