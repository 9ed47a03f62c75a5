import { describe, expect, test } from "vitest";
import { otter } from "../testing/otter.ts";
import { noTerminalBecause, runInTerminal } from "../testing/run-in-terminal.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { echoBackend, startServer } from "../testing/test-servers.ts";

describe.skipIf(noTerminalBecause)("in a terminal", () => {
  test("that does not respond, create shows half blocks, and ends", async () => {
    const server = await startServer({ backend: echoBackend() });
    const run = runInTerminal(["otter.png", "-n", "2", "--server", server], {
      workingDirectory: temporaryFolder({ "otter.png": otter }),
      environment: { COLORTERM: "truecolor" },
      rows: 60,
    });
    expect(await run.exited).toBe(0);
    const screen = await run.screen();
    const blocks = screen.filter((line) => /[▀▄]/.test(line));
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.every((line) => [...line].length <= 79)).toBe(true);
    expect(screen.at(-1)).toBe("Sheet     variations/otter-sheet.png");
  });

  test("of a kind that shows images, the images are written in its protocol, and nothing is asked", async () => {
    const server = await startServer({ backend: echoBackend() });
    const run = runInTerminal(["otter.png", "--server", server], {
      workingDirectory: temporaryFolder({ "otter.png": otter }),
      environment: { TERM_PROGRAM: "iTerm.app" },
    });
    expect(await run.exited).toBe(0);
    expect(run.output()).toContain("\u001b]1337;File=inline=1;");
    expect(run.output()).not.toContain("\u001b[c");
  });
});
