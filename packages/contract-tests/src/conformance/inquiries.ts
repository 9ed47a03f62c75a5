import { operation } from "../contract/operation.ts";
import { makePng } from "../wire/make-png.ts";
import type { Inquiry } from "./exchange.ts";

const properties = operation.request!.schema.properties!;
const { minimum = 1, maximum = 1 } = properties["n"]!;
const sizes = (properties["size"]!.enum ?? []).map(String).filter((size) => size.includes("x"));

/** The number of bytes that a picture must stay below. */
export const { exclusiveMaximumBytes } = properties["image"]!["x-image-limits"]!;
/** The size that costs a server least. */
export const smallestSize = sizes.toSorted((a, b) => Number.parseInt(a) - Number.parseInt(b))[0]!;
/** The most pictures that one request may ask for. */
export const mostPictures = maximum;
/** A size that is not the default. */
export const otherSize = sizes.findLast((size) => size !== properties["size"]!.default) ?? "64x64";

const small = { size: smallestSize, response_format: "b64_json" };

/** What is sent to a server that is judged, each once: what it should take, and then what it should refuse. */
export const inquiries = {
  defaults: {},
  base64: { fields: { ...small, n: 2 } },
  url: { fields: { size: otherSize, response_format: "url", n: 1, user: "image-variations-contract" } },
  most: { fields: { ...small, n: maximum } },

  tooMany: { fields: { ...small, n: maximum + 1 } },
  tooFew: { fields: { ...small, n: minimum - 1 } },
  halfAPicture: { fields: { ...small, n: minimum + 0.5 } },
  unlistedSize: { fields: { ...small, size: "1x1" } },
  unlistedFormat: { fields: { ...small, response_format: "xml" } },
  noImage: { fields: small, image: null },
  otherName: { fields: small, imageName: "image[]" },
  noPng: { fields: small, image: new TextEncoder().encode("An otter, in words.") },
  notSquare: { fields: small, image: makePng({ width: 12, height: 8 }) },
  tooLarge: { fields: small, image: makePng({ width: 64, height: 64, byteLength: exclusiveMaximumBytes }) },
  json: { body: { text: JSON.stringify({ image: "otter.png", ...small }), mediaType: "application/json" } },
  noKey: { fields: small, key: null },
  wrongKey: { fields: small, key: "a-key-that-nobody-gave-out" },
} as const satisfies Readonly<Record<string, Inquiry>>;

export type InquiryName = keyof typeof inquiries;
