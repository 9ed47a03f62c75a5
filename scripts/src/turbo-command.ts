import { fileURLToPath } from "node:url";

/** What stands before turbo's own words on a command line. Turbo needs pnpm on the PATH, which this sees to. */
export const turbo: readonly string[] = [
  process.execPath,
  fileURLToPath(new URL("../pnpm.mjs", import.meta.url)),
  "exec",
  "turbo",
];
