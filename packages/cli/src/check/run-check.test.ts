import { createPng } from "@image-variations/png-corpus";
import { expect, test } from "vitest";
import type { CliContext } from "../command-line/cli-context.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { runCheck } from "./run-check.ts";

const png = createPng({ width: 16, height: 16 });

test("a result does not wait for the next image, which may come from a slow pipe", async () => {
  let written = "";
  let isTold: () => void = () => {};
  const told = new Promise<void>((resolve) => (isTold = resolve));
  const context = {
    workingDirectory: temporaryFolder({ "a.png": png }),
    signal: new AbortController().signal,
    stdout: {
      isTerminal: false,
      colors: false,
      write(data: string) {
        written += data;
        if (written.includes("a.png")) isTold();
      },
      drained: async () => {},
    },
    stdin: {
      isTerminal: false,
      async *[Symbol.asyncIterator]() {
        await told;
        yield png;
      },
    },
  } as unknown as CliContext;
  const flags = { depth: "structure", json: true, quiet: false } as const;
  expect(await runCheck(context, flags, "a.png", "-")).toBe("ok");
  expect(written.trim().split("\n")).toHaveLength(2);
});
