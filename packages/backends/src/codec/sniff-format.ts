/** An image format that every codec decodes. */
export type ImageFormat = "png" | "jpeg" | "webp";

/** The format that the first bytes prove; undefined for anything else, such as SVG, which can refer to other files. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("\xff\xd8\xff")) return "jpeg";
  return head.startsWith("RIFF") && head.slice(8) === "WEBP" ? "webp" : undefined;
}
