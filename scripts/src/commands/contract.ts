// pnpm contract: the contract tests, by turbo.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endQuietlyWithReader } from "@image-variations/command";
import { turbo } from "../turbo-command.ts";

// Without runCommand, because turbo reads the rest of the command line itself.
endQuietlyWithReader();
const words = process.argv.slice(2);

if (words.some((word) => /^(--help|-h)$/.test(word))) {
  process.stdout.write(`pnpm contract [options of turbo]

Holds the mock, the packages and this project's server to the contract. To check another server: pnpm conform URL
`);
} else {
  const [program = process.execPath, ...args] = [...turbo, "run", "contract", ...words];
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  process.exitCode = spawnSync(program, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}
