/**
 * Says at the start what would otherwise fail in the middle of a request.
 *
 * @throws Error in a runtime that lacks what the server needs.
 */
export function checkRuntime(): void {
  const needed = { "Promise.withResolvers": Promise.withResolvers, "URL.parse": URL.parse };
  const missing = Object.entries(needed).flatMap(([name, value]) => (typeof value === "function" ? [] : [name]));
  if (missing.length === 0) return;
  const { process } = globalThis as { process?: { readonly version?: string } };
  const runtime = process?.version ? `Node ${process.version.slice(1)}` : "this runtime";
  throw new Error(
    `@image-variations/server needs Node 22.12 or newer, or a browser, Deno, Bun or Workers of 2024 or later: ${runtime} ` +
      `lacks ${missing.join(" and ")}.`,
  );
}
