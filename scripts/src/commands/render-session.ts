// pnpm render:session: the command in a terminal, as it really looks, for the README.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, runCommand } from "@image-variations/command";
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { renderScreen } from "../session/render-screen.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = fileURLToPath(new URL("dist/main.js", import.meta.resolve("image-variations/package.json")));
const [columns, rows] = [80, 60];
const words = ["otter.png", "-n", "4"];

await runCommand({
  help: `pnpm render:session

Runs "image-variations ${words.join(" ")}" in a terminal, and draws what is on its screen at the end: assets/session.svg
`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "session-"));
    try {
      copyFileSync(join(root, "assets/otter.png"), join(folder, "otter.png"));
      const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
      screen.write(`\u001B[2m$\u001B[0m \u001B[1mnpx image-variations ${words.join(" ")}\u001B[0m\r\n`);
      const code = await record(folder, (text) => screen.write(text));
      if (code !== 0) throw new CommandError(`The command ended with exit code ${code}.`);
      await new Promise<void>((done) => screen.write("", done));
      writeFileSync(join(root, "assets/session.svg"), renderScreen(screen, `npx image-variations ${words.join(" ")}`));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

function record(folder: string, onText: (text: string) => void): Promise<number> {
  const env = { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color", COLORTERM: "truecolor" };
  const terminal = spawn(process.execPath, [program, ...words], { cols: columns, rows, cwd: folder, env });
  terminal.onData(onText);
  return new Promise((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
}
