import { CommandError } from "@image-variations/command";
import { runProgram } from "@image-variations/testing/run-program";
import { findProgram } from "../../runtimes/find-program.ts";

/** Where a call is made from, and how. */
export interface Caller {
  readonly name: string;
  readonly call: (consumer: string, mockUrl: string) => Promise<string>;
}

/** Runtimes that run a program from the disk. */
const programs: readonly { name: string; runtime: Parameters<typeof findProgram>[0]; args: readonly string[] }[] = [
  { name: "Node 24, import", runtime: "node24", args: ["call.mjs"] },
  { name: "Node 24, require", runtime: "node24", args: ["call.cjs"] },
  { name: "Node 22, import", runtime: "node22", args: ["call.mjs"] },
  { name: "Node 22, require", runtime: "node22", args: ["--disable-warning=ExperimentalWarning", "call.cjs"] },
  { name: "Bun", runtime: "bun", args: ["call.mjs"] },
  {
    name: "Deno",
    runtime: "deno",
    args: ["run", "--quiet", "--no-lock", "--node-modules-dir=manual", "--allow-all", "call.mjs"],
  },
];

/** The runtimes, as far as this machine has them. */
export const programCallers: readonly Caller[] = programs.map(({ name, runtime, args }) => ({
  name,
  call: async (consumer, mockUrl) => {
    const program = findProgram(runtime);
    if (!program) throw new CommandError(`${name}: the runtime is not installed; run pnpm install.`);
    const env = { ...process.env, MOCK_URL: mockUrl };
    return (await runProgram(program, args, { cwd: consumer, env })).stdout;
  },
}));
