import { createPng } from "@image-variations/png-corpus";

/** A form with an image, as a client lays it. */
export interface RequestBody {
  readonly contentType: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

const boundary = "----benchmark7MA4YWxkTrZu0gW";

/** A valid, square PNG of about this many bytes: noise, which does not compress. */
export function noiseImage(bytes: number): Uint8Array<ArrayBuffer> {
  const side = Math.round(Math.sqrt(bytes / 4));
  const raw = Buffer.alloc((1 + side * 4) * side);
  for (let index = 0, state = 1; index < raw.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    raw[index] = index % (1 + side * 4) === 0 ? 0 : state >>> 24;
  }
  return createPng({ width: side, height: side, colorType: 6, raw });
}

/** A form of an image of about this many bytes, and text fields. */
export function requestBody(bytes: number, fields: Readonly<Record<string, string>> = {}): RequestBody {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const imageHead =
    `--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="noise.png"\r\n` +
    "Content-Type: image/png\r\n\r\n";
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([
      Buffer.from(parts.join("") + imageHead),
      noiseImage(bytes),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
