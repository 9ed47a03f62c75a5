import { contractFacts } from "./contract-facts.ts";
import fc from "fast-check";
import { samplePng } from "./post-form.ts";

/** A body that may once have been a form, what its header says of it, and the pieces in which it arrives. */
export interface AnyBody {
  readonly contentType: string;
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
}

const utf8 = new TextEncoder();
const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

const names = [
  "image",
  "model",
  "n",
  "response_format",
  "size",
  "user",
  "seed",
  "strength",
  "prompt",
  "image[]",
  "mask",
];
const anyName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names) },
  fc.constantFrom("__proto__", "constructor", "toString", "", " n", "N", 'a"b', "a;b", "a\\", "%00", "ｎ", "n\0"),
  fc.string({ unit: "grapheme", maxLength: 20 }),
);

/** Content-Disposition as clients write it, and as they should not. */
const anyDisposition = fc
  .tuple(anyName, fc.string({ unit: "binary", maxLength: 12 }), fc.nat(11))
  .map(([name, odd, way]) => {
    const whole = [
      `Content-Disposition: form-data; name="${name}"`,
      `Content-Disposition: form-data; name="${name}"; filename="otter.png"`,
      `Content-Disposition: form-data; name="${name}"; filename="${odd}"`,
      `Content-Disposition: form-data; name="${name}"; filename="a;b.png"`,
      `Content-Disposition: form-data; name="${name}"; filename*=UTF-8''%e2%82%ac.png`,
      `Content-Disposition: form-data; name=${name}`,
      `content-disposition:form-data;name="${name}";filename=otter.png`,
      `Content-Disposition: form-data; filename="otter.png"`,
      `Content-Disposition: attachment; name="${name}"`,
      `Content-Disposition: form-data; name="${name}`,
      `Content-Disposition: form-data; name="${name}"; name="n"`,
      `X-Other: ${odd}`,
    ];
    return whole[way]!;
  });

const anyPartHeader = fc.oneof(
  fc.constantFrom(
    "Content-Type: image/png",
    "Content-Type: application/octet-stream",
    "Content-Type: image/jpeg",
    "Content-Type: text/plain; charset=utf-16",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Transfer-Encoding: base64",
    "Content-Type",
    ": nothing",
    " folded",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.nat(20_000).map((length) => `X-Long: ${"x".repeat(length)}`),
);

const anyContent = fc.oneof(
  { weight: 4, arbitrary: fc.constant(samplePng) },
  fc
    .constantFrom(
      "1",
      "10",
      "11",
      "0",
      "-1",
      "1.5",
      "",
      "NaN",
      "1e9",
      contractFacts.smallestSize,
      "url",
      "b64_json",
      "dall-e-2",
      "null",
      "0.5",
    )
    .map((text) => utf8.encode(text)),
  fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => utf8.encode(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  // A damaged image.
  fc.tuple(fc.nat(samplePng.length - 1), fc.nat(255)).map(([index, byte]) => samplePng.with(index, byte)),
  fc.nat(samplePng.length).map((length) => samplePng.slice(0, length)),
);

/** A part as it should be, so that some forms are valid. */
const validPart = fc
  .constantFrom(
    ["n", "2"],
    ["size", contractFacts.smallestSize],
    ["user", "🦦"],
    ["seed", "7"],
    ["response_format", "b64_json"],
  )
  .map(([name, text]) => ({
    disposition: `Content-Disposition: form-data; name="${name}"`,
    others: [],
    content: utf8.encode(text),
  }));

const anyBoundary = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("----WebKitFormBoundary7MA4YWxk", "b", "-", "--", "a'()+_,./:=?", "x".repeat(70)),
  },
  fc.string({ minLength: 0, maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 10 }),
);

const anyContentType = (boundary: string) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom(
        `multipart/form-data; boundary=${boundary}`,
        `multipart/form-data; boundary="${boundary}"`,
      ),
    },
    fc.constantFrom(
      `Multipart/Form-Data;charset=utf-8;BOUNDARY=${boundary}`,
      `multipart/form-data; boundary=${boundary}x`,
      "multipart/form-data",
      "multipart/form-data; boundary=",
      `multipart/mixed; boundary=${boundary}`,
      "text/plain",
      "",
    ),
  );

type Mutate = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/** What happens to a body on a bad way. */
const anyMutation: fc.Arbitrary<Mutate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Mutate>((bytes) => bytes) },
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map<Mutate>((share) => (bytes) => bytes.slice(0, Math.floor(bytes.length * share))),
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    .map<Mutate>(([share, inserted]) => (bytes) => {
      const at = Math.floor(bytes.length * share);
      return concatenate([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
    }),
  fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)).map<Mutate>(
    ([share, byte]) =>
      (bytes) =>
        bytes.length === 0 ? bytes : bytes.with(Math.floor(bytes.length * share), byte),
  ),
  fc.constant<Mutate>((bytes) => concatenate([bytes, bytes])),
  fc.constant<Mutate>((bytes) => bytes.filter((byte) => byte !== 13)),
  fc
    .constantFrom("\r\n", "a preamble\r\n", "\n", "--", "\0")
    .map<Mutate>((text) => (bytes) => concatenate([latin1(text), bytes])),
);

/** Sizes of the pieces, over and over: one byte at a time, all at once, and what lies between. */
const anySplit = fc.oneof(
  fc.constant([Infinity]),
  fc.constant([1]),
  fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 6 }),
);

function split(bytes: Uint8Array<ArrayBuffer>, sizes: readonly number[]): Uint8Array<ArrayBuffer>[] {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0, index = 0; offset < bytes.length; index += 1) {
    const size = sizes[index % sizes.length]!;
    chunks.push(bytes.slice(offset, offset + size));
    offset += size;
  }
  return chunks;
}

/** Any body that a client, a proxy or an attacker may send as a form. */
export const anyBody: fc.Arbitrary<AnyBody> = fc
  .record({
    boundary: anyBoundary,
    parts: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: validPart },
        fc.record({
          disposition: anyDisposition,
          others: fc.array(anyPartHeader, { maxLength: 2 }),
          content: anyContent,
        }),
      ),
      { maxLength: 3 },
    ),
    hasImage: fc.boolean(),
    end: fc.constantFrom("--\r\n", "--", "", "--\r\nan epilogue", "-", "\r\n"),
    mutate: anyMutation,
    sizes: anySplit,
  })
  .chain(({ boundary, parts, hasImage, end, mutate, sizes }) => {
    const image = hasImage
      ? [
          latin1(`--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="o.png"\r\n\r\n`),
          samplePng,
          latin1("\r\n"),
        ]
      : [];
    const others = parts.flatMap(({ disposition, others: headers, content }) => [
      utf8.encode(`--${boundary}\r\n${[disposition, ...headers].join("\r\n")}\r\n\r\n`),
      content,
      latin1("\r\n"),
    ]);
    const bytes = mutate(concatenate([...image, ...others, latin1(`--${boundary}${end}`)]));
    return fc.record({ contentType: anyContentType(boundary), chunks: fc.constant(split(bytes, sizes)) });
  });
