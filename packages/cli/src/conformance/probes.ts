import { schemaOf } from "./contract/operation.ts";
import { makePng } from "./png/make-png.ts";
import type { Probe } from "./send-probe.ts";

const { minimum = 1, maximum = 1 } = schemaOf("n");
const sizes = (schemaOf("size").enum ?? []).map(String).filter((size) => size.includes("x"));

/** The number of bytes that an image must stay below. */
export const exclusiveMaximumBytes: number = schemaOf("image")["x-image-limits"]?.exclusiveMaximumBytes ?? Infinity;
/** The size that costs a server least. */
export const smallestSize: string = sizes.toSorted((a, b) => Number.parseInt(a) - Number.parseInt(b))[0] ?? "256x256";
/** The most images that one request may ask for. */
export const mostImages: number = maximum;
/** A size that is not the default. */
export const otherSize: string = sizes.findLast((size) => size !== schemaOf("size").default) ?? "64x64";

/** How many images the request for base64 asks for. */
export const severalImages: number = 2;

/** What each request is called. */
export type ProbeName =
  | "defaults"
  | "base64"
  | "url"
  | "most"
  | "tooMany"
  | "tooFew"
  | "fractional"
  | "unlistedSize"
  | "unlistedFormat"
  | "noImage"
  | "otherName"
  | "notPng"
  | "notSquare"
  | "tooLarge"
  | "json"
  | "noKey"
  | "wrongKey"
  | "control";

const small = { size: smallestSize, response_format: "b64_json" };

/**
 * Every request, in the order in which they are sent: first what a server should accept, then what it should reject. The
 * last is valid again: it shows that the rejections before it were about what is wrong with those requests.
 */
export const probes: Readonly<Record<ProbeName, Probe>> = {
  defaults: { what: "an image and nothing else" },
  base64: { what: `${severalImages} small images as base64`, fields: { ...small, n: severalImages } },
  url: {
    what: "an image as a URL",
    fields: { size: otherSize, response_format: "url", n: 1, user: "image-variations-contract" },
  },
  most: { what: `${maximum} small images`, fields: { ...small, n: maximum } },

  tooMany: { what: `n: ${maximum + 1}`, fields: { ...small, n: maximum + 1 } },
  tooFew: { what: `n: ${minimum - 1}`, fields: { ...small, n: minimum - 1 } },
  fractional: { what: `n: ${minimum + 0.5}`, fields: { ...small, n: minimum + 0.5 } },
  unlistedSize: { what: "size: 1x1", fields: { ...small, size: "1x1" } },
  unlistedFormat: { what: "response_format: xml", fields: { ...small, response_format: "xml" } },
  noImage: { what: "no image", fields: small, image: null },
  otherName: { what: "an image called image[]", fields: small, imageName: "image[]" },
  notPng: { what: "a text file as the image", fields: small, image: new TextEncoder().encode("An otter, in words.") },
  notSquare: { what: "an image of 12x8", fields: small, image: makePng({ width: 12, height: 8 }) },
  tooLarge: {
    what: `an image of ${exclusiveMaximumBytes.toLocaleString("en")} bytes`,
    fields: small,
    image: makePng({ width: 64, height: 64, byteLength: exclusiveMaximumBytes }),
  },
  json: {
    what: "a body of JSON",
    body: { text: JSON.stringify({ image: "otter.png", ...small }), mediaType: "application/json" },
  },
  noKey: { what: "no API key", fields: small, key: null },
  wrongKey: { what: "an invalid API key", fields: small, key: "a-key-that-does-not-exist" },

  control: { what: "a valid request again", fields: small },
};
