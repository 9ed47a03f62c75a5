import { OpenAIError } from "../errors/openai-error.ts";

/**
 * The URL of a path below the base URL. The base URL's own query stays, a fragment goes.
 *
 * @throws OpenAIError if nothing can be sent to such a base URL.
 */
export function resolveURL(baseURL: string, path = ""): URL {
  const text = String(baseURL).trim();
  const [beforeFragment = ""] = text.split("#");
  const [address = "", query] = beforeFragment.split(/\?(.*)/s);
  const base = address.replace(/[/\\]+$/, "");
  // Joined as text, because a URL is parsed again when its path is set.
  const url = URL.parse(base + path + (query ? `?${query}` : ""));
  const fault =
    !url || !/^https?:[/\\]*[^/\\]/i.test(base)
      ? "must be a URL that begins with http:// or https://"
      : url.username || url.password
        ? "must not contain credentials: use `apiKey` or `defaultHeaders`"
        : /[\s"'`<>“”‘’]/.test(text)
          ? "must not contain spaces or quotes"
          : path && base.endsWith(path) && `must not end with ${path}, which is added to it`;
  // Credentials and the query, which may hold a key, are not shown.
  if (!url || fault)
    throw new OpenAIError(`\`baseURL\` ${fault}, got ${JSON.stringify(text.replaceAll(/^.*@|[?#].*$/g, "…"))}.`);
  return url;
}
