/** A variable of the environment, if there is one and it is not empty. */
export function readEnvironment(name: string): string | undefined {
  return typeof process === "object" ? process.env?.[name]?.trim() || undefined : undefined;
}
