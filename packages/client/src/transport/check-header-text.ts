import { OpenAIError } from "../errors/openai-error.ts";

/**
 * A text that can stand in a header, without white space around it.
 *
 * @param what Names the text in the error, which does not show it: it may be a secret.
 * @throws OpenAIError if a character can't be sent.
 */
export function checkHeaderText(what: string, value: unknown): string {
  const text = String(value).trim();
  const at = text.search(/[^\t\x20-\x7e\x80-\xff]/);
  if (at < 0) return text;
  const code = text.charCodeAt(at).toString(16).padStart(4, "0");
  throw new OpenAIError(
    `${what} contains a character that is invalid in an HTTP header: U+${code.toUpperCase()} at position ${at}.`,
  );
}
