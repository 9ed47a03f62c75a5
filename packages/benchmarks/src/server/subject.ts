// One server in a process of its own: node subject.ts <name>. It sends its port, and at every message what it has cost.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Backend } from "@image-variations/backends";
import { createHandler } from "@image-variations/server";
import { serve } from "@image-variations/server/node";

/** What a server has cost until now. */
export interface Cost {
  /** CPU time in milliseconds. */
  readonly cpu: number;
  /** What is still held after a garbage collection, in MiB. */
  readonly heap: number;
}

/** Makes images at once, each of 1,000 bytes. */
const stub: Backend = {
  name: "stub",
  async *createVariations({ n }) {
    for (let made = 0; made < n; made += 1) yield { bytes: new Uint8Array(1_000), mediaType: "image/png" };
  },
};

/** Makes an image in 200 ms. */
const slow: Backend = {
  name: "slow",
  async *createVariations({ n }) {
    for (let made = 0; made < n; made += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      yield { bytes: new Uint8Array(1_000), mediaType: "image/png" };
    }
  },
};

async function serveBackend(backend: Backend): Promise<number> {
  const { port } = await serve({ handler: createHandler({ backend }), port: 0, logger: false, metrics: false });
  return port;
}

const response = Buffer.from(`${JSON.stringify({ created: 1_778_544_000, data: [{ url: "data:," }] }, null, 2)}\n`);

const starters: Readonly<Record<string, () => Promise<number>>> = {
  /** Reads the body, drops it, and sends a response that is ready. */
  async bare() {
    const server = createServer((request, reply) => {
      request.resume().on("end", () => {
        reply.writeHead(200, { "content-type": "application/json", "content-length": response.length }).end(response);
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return (server.address() as AddressInfo).port;
  },
  ours: () => serveBackend(stub),
  slow: () => serveBackend(slow),
  async prism() {
    const { startPrism } = await import("@image-variations/mock");
    const { url } = await startPrism();
    return Number(new URL(url).port);
  },
};

const port = await starters[process.argv[2]!]!();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  process.send!({ cpu: (user + system) / 1_000, heap: process.memoryUsage().heapUsed / 2 ** 20 } satisfies Cost);
});
process.on("disconnect", () => process.exit());
process.send!({ port });
