import { listen } from "@image-variations/testing/listen";
import { findChromium, launchChromium } from "./launch-chromium.ts";
import type { Runtime } from "./runtime.ts";

/** Debian's Chromium, which scripts/ci/install-chromium.sh installs. */
export const chromium: Runtime = {
  name: "Chromium",
  missing: findChromium() === undefined ? "run scripts/ci/install-chromium.sh" : undefined,
  async run(bundle, input, worker) {
    const files: { readonly [path: string]: readonly [type: string, content: string | Uint8Array] } = {
      "/": ["text/html", "<!doctype html><title>consumer tests</title>"],
      "/bundle.js": ["text/javascript", bundle],
      // A worker that loads and never says anything would be waited for.
      ...(worker !== undefined && { "/worker.js": ["text/javascript", worker] as const }),
      "/input": ["application/octet-stream", input],
    };
    await using server = await listen((request, response) => {
      const file = files[request.url ?? ""];
      const [type, content] = file ?? ["text/plain", ""];
      response.writeHead(file ? 200 : 404, { "content-type": type }).end(content);
    });
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    // As text, because a tool that transforms this module would transform a function's `import` as well.
    return await page.evaluate(`(async () => {
      const { default: run } = await import("/bundle.js");
      return run(new Uint8Array(await (await fetch("/input")).arrayBuffer()));
    })()`);
  },
};
