// pnpm bench [rounds] [name]: every figure of each package, or those of one name, beside their peers.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

endQuietlyWithReader();
const benches = [
  { file: "client/bench/bench.ts", names: ["start", "call", "upload", "save", "program"] },
  { file: "server/bench/bench.ts", names: ["request", "rate", "first", "held"] },
  { file: "runtime-matrix/src/bench.ts", names: ["header", "structure", "pixels", "memory", "costly"] },
  { file: "engine/bench/speed.ts", names: ["simd", "workers", "seconds", "rss"] },
];
const all = benches.flatMap(({ names }) => names);

const [rounds, name] = process.argv.slice(2);
if ((rounds !== undefined && !/^[1-9]\d*$/.test(rounds)) || (name !== undefined && !all.includes(name))) {
  console.error(
    `Got "${process.argv.slice(2).join(" ")}". Pass a number of rounds, and one of ${all.join(", ")}; or nothing.`,
  );
  process.exit(1);
}
for (const { file } of benches.filter(({ names }) => !name || names.includes(name))) {
  const path = fileURLToPath(new URL(`../../packages/${file}`, import.meta.url));
  const { status } = spawnSync(process.execPath, [path, ...process.argv.slice(2)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
