/** Takes credentials out of a text: those that are known, and what looks like an API key in any server's words. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    // Of a few characters only, it would be found in ordinary words.
    if (secret.length >= 4) clean = clean.replaceAll(secret, "[redacted]");
  }
  return clean
    .replace(/\b(sk|pk|key|hf|r8)[-_][\w*-]{6,}/g, "[redacted]")
    .replace(/(api key(?: provided)?: ?)(?!\[redacted\])[^\s,;"']*[^\s,;"'.]/gi, "$1[redacted]")
    .replace(/\b(Bearer|Basic) +[\w.~+/=*-]{6,}/g, "$1 [redacted]");
}
