/** The extension that belongs to an image of one of the contract's formats, by its first twelve bytes, or undefined. */
export function imageExtension(bytes: Uint8Array): "png" | "jpeg" | "webp" | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (/^RIFF[^]{4}WEBP/.test(start)) return "webp";
  return undefined;
}
