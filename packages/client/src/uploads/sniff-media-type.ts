const signatures = { "image/png": "\x89PNG\r\n\x1a\n", "image/jpeg": "\xff\xd8\xff" };

/** The media type that a file's first bytes prove, or undefined. */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  return Object.entries(signatures).find(([, signature]) => start.startsWith(signature))?.[0];
}
