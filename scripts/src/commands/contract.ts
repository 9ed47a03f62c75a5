// pnpm contract: the contract tests, or with --target the report on a server (packages/contract-tests/src/conformance.ts).
import { spawnSync, type StdioOptions } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endQuietlyWithReader } from "@image-variations/command";
import { turbo } from "../turbo-command.ts";

// Without runCommand, because the report and turbo each read the command line themselves.
endQuietlyWithReader();
const root = fileURLToPath(new URL("../../../", import.meta.url));
const words = process.argv.slice(2);

function run([program = process.execPath, ...args]: readonly string[], stdio: StdioOptions): number {
  return spawnSync(program, args, { cwd: root, stdio }).status ?? 1;
}

const isReport = words.some((word) => /^(--target(=.*)?|--help|-h)$/.test(word));
if (isReport) {
  const build = ["run", "build", "--filter=@image-variations/contract-tests^...", "--output-logs=errors-only"];
  // Standard output carries the report alone.
  process.exitCode =
    run([...turbo, ...build], ["ignore", "ignore", "inherit"]) ||
    run([process.execPath, "packages/contract-tests/src/conformance.ts", ...words], "inherit");
} else {
  process.exitCode = run([...turbo, "run", "contract", ...words], "inherit");
}
