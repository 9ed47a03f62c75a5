// pnpm spec:apply: everything that follows from an edit of the spec, and how long it took.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runCommand } from "./diff/run-command.ts";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

endQuietlyWithReader();
const root = fileURLToPath(new URL("../../", import.meta.url));

/** In this order, because each stands on the one before. */
const steps: readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[] = [
  { name: "generate", command: [process.execPath, "scripts/src/generate.ts"] },
  { name: "changeset", command: [process.execPath, "scripts/src/spec-changeset.ts"] },
  // By the bootstrap, because turbo wants a pnpm that it can find.
  { name: "npm test", command: [process.execPath, "scripts/pnpm.mjs", "run", "check"] },
];

await runCommand({
  help: `pnpm spec:apply

After an edit of the spec: writes the generated files and the changeset, and runs all that \`npm test\` runs.
`,
  options: {},
  async run() {
    const start = performance.now();
    for (const { name, command } of steps) {
      const began = performance.now();
      const [program, ...args] = command;
      const { status } = spawnSync(program, args, { cwd: root, stdio: "inherit" });
      console.log(`${name}: ${seconds(began)}`);
      if (status !== 0) {
        process.exitCode = 1;
        return;
      }
    }
    console.log(`From the edit to a changeset and a green suite: ${seconds(start)}`);
  },
});

function seconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
