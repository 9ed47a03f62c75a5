interface Base64Runtime {
  readonly Uint8Array: { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  readonly Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> };
}

/**
 * Decodes text in the base64 alphabet, without padding; of what else is in it, fewer bytes may come or an error. With
 * what the runtime has: looked up at the call, because at import nothing may be touched.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const { Uint8Array: Bytes, Buffer } = globalThis as unknown as Base64Runtime;
  if (Bytes.fromBase64) return Bytes.fromBase64(text);
  // Buffer also knows the alphabet that is for URLs.
  if (Buffer && !/[-_]/.test(text)) return Buffer.from(text, "base64");
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
