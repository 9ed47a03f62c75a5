// pnpm bench [rounds] [name]: every figure of the client and of the validator, or those of one name, beside their peers.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

for (const bench of ["client/bench/bench.ts", "runtime-matrix/src/bench.ts"]) {
  const file = fileURLToPath(new URL(`../../packages/${bench}`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
