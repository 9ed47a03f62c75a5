// pnpm contract: the contract tests, or with --target the report on a server (packages/contract-tests/src/conformance.ts).
import { spawnSync, type StdioOptions } from "node:child_process";
import { fileURLToPath } from "node:url";
import { turbo } from "./turbo-command.ts";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

endQuietlyWithReader();
const root = fileURLToPath(new URL("../../", import.meta.url));
const words = process.argv.slice(2);

function run([program, ...parameters]: readonly string[], stdio: StdioOptions): number {
  return spawnSync(program!, parameters, { cwd: root, stdio }).status ?? 1;
}

const checksServer = words.some((word) => /^(--target(=.*)?|--help|-h)$/.test(word));
if (checksServer) {
  const build = ["run", "build", "--filter=@image-variations/contract-tests^...", "--output-logs=errors-only"];
  // What is printed on standard output is the report alone.
  process.exitCode =
    run([...turbo, ...build], ["ignore", "ignore", "inherit"]) ||
    run([process.execPath, "packages/contract-tests/src/conformance.ts", ...words], "inherit");
} else {
  process.exitCode = run([...turbo, "run", "contract", ...words], "inherit");
}
