import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../repository/repository.ts";

/** A server that the programs of the docs can talk to. */
export interface DocsServer extends AsyncDisposable {
  readonly url: string;
}

const image = readFileSync(join(root, "assets/otter-32.png"));

/** Responds to every form as the contract does, with the otter for each image; it only reads two fields. */
export async function startDocsServer(): Promise<DocsServer> {
  const server = createServer(async (request, response) => {
    const form = await text(request);
    if (request.method === "GET") return response.writeHead(200, { "content-type": "image/png" }).end(image);
    const field = (name: string): string | undefined => new RegExp(`name="${name}"\r\n\r\n(.*)\r\n`).exec(form)?.[1];
    const item =
      field("response_format") === "b64_json"
        ? { b64_json: image.toString("base64") }
        : { url: `http://${request.headers.host}/otter.png` };
    const data = Array.from({ length: Number(field("n") ?? 1) }, () => item);
    const headers = { "content-type": "application/json", "x-request-id": "req_of_the_docs" };
    return response.writeHead(200, headers).end(JSON.stringify({ created: 1_778_544_000, data }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
