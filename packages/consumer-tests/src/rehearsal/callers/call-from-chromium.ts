import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, preview } from "vite";
import { findChromium, launchChromium } from "../../runtimes/launch-chromium.ts";
import type { Caller } from "./call-from-programs.ts";

const caller: Caller = {
  name: "Chromium, a page by Vite",
  call: async (consumer, mockUrl) => {
    await build({ root: consumer, logLevel: "error", build: { outDir: "page", emptyOutDir: true, target: "es2023" } });
    const server = await preview({
      root: consumer,
      logLevel: "error",
      build: { outDir: "page" },
      preview: { host: "127.0.0.1", port: 0, open: false },
    });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(server.resolvedUrls!.local[0]!);
      await page.waitForFunction("typeof window.call === 'function'");
      const image = readFileSync(join(consumer, "otter.png")).toString("base64");
      return await page.evaluate<string>(`window.call(${JSON.stringify(mockUrl)}, ${JSON.stringify(image)})`);
    } finally {
      await browser.close();
      await server.close();
    }
  },
};

/** A page that Vite bundled, in a browser. Undefined if the machine has no Chromium. */
export const chromiumCaller: Caller | undefined = findChromium() === undefined ? undefined : caller;
