import { type DecodeBase64, decodeBase64 } from "../streaming/decode-base64.ts";

/**
 * Decodes into the same memory again and again, which is many times as fast as into new memory: what it returns is good
 * until the next call.
 */
export function scratchDecoder(): DecodeBase64 {
  const scratch = Buffer.allocUnsafeSlow(32_768);
  return (text) => {
    if (text.length > scratch.length) return decodeBase64(text);
    return scratch.subarray(0, scratch.write(text, "base64"));
  };
}
