import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import type { Caller } from "./call-from-programs.ts";

/** Cloudflare's runtime, with the program bundled as its users do. */
export const workerdCaller: Caller = {
  name: "workerd",
  call: async (consumer, mockUrl) => {
    const { outputFiles } = await build({
      entryPoints: [join(consumer, "worker.js")],
      bundle: true,
      format: "esm",
      conditions: ["workerd", "worker", "browser"],
      external: ["node:*"],
      write: false,
    });
    const worker = new Miniflare({
      modules: true,
      script: outputFiles[0]!.text,
      compatibilityDate: "2026-07-01",
      compatibilityFlags: ["nodejs_compat"],
      bindings: { MOCK_URL: mockUrl },
      host: "127.0.0.1",
      port: 0,
    });
    try {
      const body = readFileSync(join(consumer, "otter.png"));
      const response = await worker.dispatchFetch("http://worker/", { method: "POST", body });
      return await response.text();
    } finally {
      await worker.dispose();
    }
  },
};
