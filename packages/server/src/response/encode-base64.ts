import type { Buffer as NodeBuffer } from "node:buffer";

/** Bytes as base64, by what the runtime has for it. */
export function encodeBase64(bytes: Uint8Array<ArrayBuffer>): string {
  // Node 25, browsers and Deno of 2026.
  if ("toBase64" in bytes) return (bytes as Uint8Array & { toBase64(): string }).toBase64();
  const { Buffer } = globalThis as { Buffer?: typeof NodeBuffer };
  if (Buffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  let binary = "";
  // More arguments than this overflow the stack in some engines.
  for (let offset = 0; offset < bytes.length; offset += 32_768) {
    binary += String.fromCharCode(...bytes.subarray(offset, offset + 32_768));
  }
  return btoa(binary);
}
