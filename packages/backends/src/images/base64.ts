interface NativeBase64 {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
  readonly prototype: { toBase64?: (this: Uint8Array) => string };
}

const native = Uint8Array as unknown as NativeBase64;

/**
 * Decodes base64, bare or in a `data:` URL; white space and the URL-safe alphabet are accepted.
 *
 * @returns undefined for anything else: decoders that are lenient return garbage.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bare = text
    .replace(/^data:[\w/+.-]*;base64,/, "")
    .replace(/\s+/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/, "");
  if (bare === "" || bare.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(bare)) return undefined;
  if (native.fromBase64) return native.fromBase64(bare + "=".repeat(-bare.length & 3));
  if (typeof Buffer === "function") return new Uint8Array(Buffer.from(bare, "base64"));
  return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
}

/** Encodes as base64, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const { toBase64 } = native.prototype;
  if (toBase64) return toBase64.call(bytes);
  if (typeof Buffer === "function")
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  let binary = "";
  for (let start = 0; start < bytes.length; start += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return btoa(binary);
}
