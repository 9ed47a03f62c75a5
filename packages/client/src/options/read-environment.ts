/** An environment variable, trimmed; undefined if it is empty, or if the runtime has none. */
export function readEnvironment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name]?.trim() || undefined;
}

/** The headers that OPENAI_CUSTOM_HEADERS adds to every request, a `name: value` in each line. */
export function readCustomHeaders(): [name: string, value: string][] {
  const lines = readEnvironment("OPENAI_CUSTOM_HEADERS")?.split("\n") ?? [];
  return lines
    .map((line) => line.split(/:(.*)/s, 2).map((text) => text.trim()))
    .filter(([, value]) => value !== undefined) as [string, string][];
}
