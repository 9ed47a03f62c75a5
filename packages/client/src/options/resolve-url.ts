import { OpenAIError } from "../errors/openai-error.ts";

/**
 * The URL of a path below the base URL. The base URL's own query stays, a fragment goes.
 *
 * @throws OpenAIError if nothing can be sent to such a base URL.
 */
export function resolveURL(baseURL: string, path = ""): URL {
  const text = String(baseURL).trim();
  const url = URL.parse(text);
  const fault =
    !url || !/^https?:$/.test(url.protocol)
      ? "must be a URL that begins with http:// or https://"
      : url.username || url.password
        ? "must not contain credentials: use `apiKey` or `defaultHeaders`"
        : /[\s"'`<>“”‘’]/.test(text)
          ? "must not contain spaces or quotes"
          : path && url.pathname.endsWith(path) && `must not end with ${path}, which is added to it`;
  // Credentials and the query, which may hold a key, are not shown.
  if (!url || fault)
    throw new OpenAIError(`\`baseURL\` ${fault}, got ${JSON.stringify(text.replaceAll(/^.*@|[?#].*$/g, "…"))}.`);
  url.pathname = url.pathname.replace(/\/+$/, "") + path;
  // Set only if need be: each is parsed again.
  if (/[?#]/.test(text)) {
    url.hash = "";
    // A question mark without a query goes as well.
    if (!url.search) url.search = "";
  }
  return url;
}
