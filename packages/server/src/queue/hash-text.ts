/** A text as 43 letters, digits, `-` and `_` that tell nothing of it. */
export async function hashText(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(hash).toString("base64url");
}
