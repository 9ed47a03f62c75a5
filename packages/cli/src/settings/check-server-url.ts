import { CliError } from "../command-line/cli-error.ts";

/**
 * The URL of a server, without a slash at its end.
 *
 * @param source Where it was given, such as `--server`.
 * @throws CliError if it is not one.
 */
export function checkServerUrl(text: string, source: string): string {
  const url = URL.parse(text);
  const isUsable = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
  if (isUsable) return text.trim().replace(/\/+$/, "");
  const shown = url?.username || url?.password ? "one with credentials" : JSON.stringify(text);
  throw new CliError(`${source} must be a URL such as http://localhost:8080/v1; got ${shown}.`, {
    exit: "usage",
    fix: "It has http or https, the version prefix, and neither a query nor credentials; the key is --api-key.",
  });
}
