import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What libpng says of a file. */
export interface LibpngVerdict {
  readonly outcome: "accepted" | "rejected";
  readonly warnings: number;
  /** Its last error or warning. */
  readonly message: string;
}

/** libpng itself, reading rows without any transformation and to the end of the file. */
export interface Libpng extends AsyncDisposable {
  read(bytes: Uint8Array): Promise<LibpngVerdict>;
}

/** Compiles a program with the machine's libpng and starts it; undefined if the compiler or libpng is missing. */
export function startLibpng(): Libpng | undefined {
  const folder = mkdtempSync(join(tmpdir(), "libpng-"));
  const program = join(folder, "read-files");
  const source = fileURLToPath(new URL("./read-files.c", import.meta.url));
  const { status } = spawnSync("cc", ["-O2", "-o", program, source, "-lpng16"]);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const child = spawn(program, { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async read(bytes) {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, bytes.length, true);
      child.stdin.write(length);
      child.stdin.write(bytes);
      const { value, done } = await lines.next();
      if (done) throw new Error("libpng has crashed.");
      const [, outcome, warnings, message = ""] = /^(accepted|rejected) (\d+) (.*)$/.exec(value) ?? [];
      return { outcome: outcome as LibpngVerdict["outcome"], warnings: Number(warnings), message };
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      rmSync(folder, { recursive: true });
    },
  };
}
