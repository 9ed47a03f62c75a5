import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A server that takes anything, answers as the least of the contract does, and remembers what it was sent. */
export interface Recorder extends AsyncDisposable {
  readonly url: string;
  /** What came since the last call. */
  take(): RecordedRequest[];
}

/** Starts a recorder on a free port of this machine. */
export async function recordRequests(): Promise<Recorder> {
  let requests: RecordedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    requests.push({ method, url, headers, body: await buffer(request) });
    response.writeHead(200, { "content-type": "application/json" }).end('{"created":0,"data":[]}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take() {
      const taken = requests;
      requests = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
