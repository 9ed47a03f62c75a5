import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium as playwright } from "playwright-core";
import type { Runtime } from "./runtime.ts";

const executablePath = "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium, which scripts/ci/install-chromium.sh installs. */
export const chromium: Runtime = {
  name: "Chromium",
  missing: existsSync(executablePath) ? undefined : `there is no ${executablePath}: run scripts/ci/install-chromium.sh`,
  async run(bundle, input, worker) {
    const files: { readonly [path: string]: readonly [type: string, content: string | Uint8Array] } = {
      "/": ["text/html", "<!doctype html><title>matrix</title>"],
      "/bundle.js": ["text/javascript", bundle],
      // A worker that loads and never says anything would be waited for.
      ...(worker !== undefined && { "/worker.js": ["text/javascript", worker] as const }),
      "/input": ["application/octet-stream", input],
    };
    const server = createServer((request, response) => {
      const file = files[request.url ?? ""];
      const [type, content] = file ?? ["text/plain", ""];
      response.writeHead(file ? 200 : 404, { "content-type": type }).end(content);
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const browser = await playwright.launch({ executablePath, args });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      // As text, because a tool that transforms this module would transform a function's `import` as well.
      return await page.evaluate(`(async () => {
        const { default: run } = await import("/bundle.js");
        return run(new Uint8Array(await (await fetch("/input")).arrayBuffer()));
      })()`);
    } finally {
      await browser.close();
      server.close();
    }
  },
};
