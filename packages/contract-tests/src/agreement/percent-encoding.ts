/** Percent-encodes every byte of a text, also of the characters that URLs allow. */
export function percentEncode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

/** Decodes a percent-encoded text; returns the text itself if it is not one. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
