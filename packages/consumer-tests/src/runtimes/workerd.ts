import { Miniflare } from "miniflare";
import type { Runtime } from "./runtime.ts";

/** Cloudflare's runtime, without its imitation of Node. */
export const workerd: Runtime = {
  name: "workerd",
  async run(bundle, input) {
    const miniflare = new Miniflare({
      compatibilityDate: "2026-07-01",
      modules: [
        { type: "ESModule", path: "main.mjs", contents: main },
        { type: "ESModule", path: "bundle.mjs", contents: bundle },
      ],
    });
    try {
      const response = await miniflare.dispatchFetch("http://runtime.matrix/", { method: "POST", body: input });
      if (!response.ok) throw new Error(await response.text());
      return await response.json();
    } finally {
      await miniflare.dispose();
    }
  },
};

const main = `
  import run from "./bundle.mjs";
  export default {
    fetch: async (request) => Response.json(await run(new Uint8Array(await request.arrayBuffer()))),
  };
`;
