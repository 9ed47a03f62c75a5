/**
 * What to paste into a shell, so that programs with an OpenAI SDK find the server, and how to try it.
 *
 * @param keys The keys that are accepted; none if every key is.
 * @param platform Decides the shell: PowerShell on Windows.
 */
export function formatVariables(
  url: string,
  keys: readonly string[],
  platform: NodeJS.Platform = process.platform,
): string {
  const usable = keys.find((key) => !/^sha256:/i.test(key));
  const key = keys.length === 0 ? "any-text" : (usable ?? "the-key-of-that-hash");
  const variables = { OPENAI_BASE_URL: `${reachable(url)}/v1`, OPENAI_API_KEY: key };
  const isWindows = platform === "win32";
  const lines = Object.entries(variables).map(([name, value]) =>
    isWindows ? `$env:${name} = ${quotePowerShell(value)}` : `export ${name}=${quoteShell(value)}`,
  );
  const read = (name: string): string => (isWindows ? `$env:${name}` : `$${name}`);
  const curl =
    `${isWindows ? "curl.exe" : "curl"} "${read("OPENAI_BASE_URL")}/images/variations" ` +
    `-H "Authorization: Bearer ${read("OPENAI_API_KEY")}" -F image=@otter.png -F n=2`;
  return [...lines, "", curl].join("\n");
}

/** The address by which this machine reaches a server that listens on all of its addresses. */
function reachable(url: string): string {
  return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}

function quoteShell(text: string): string {
  return /^[\w.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function quotePowerShell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
