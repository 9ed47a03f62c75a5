import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen, type TestServer } from "@image-variations/testing/listen";

/** A request as it came over the wire. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A server that accepts anything, sends the smallest response that the contract allows, and remembers what it was sent. */
export interface Recorder extends TestServer {
  /** Returns what came since the last call. */
  take(): RecordedRequest[];
}

/** Starts a recorder on a free port of this machine. */
export async function recordRequests(): Promise<Recorder> {
  let requests: RecordedRequest[] = [];
  const server = await listen(async (request, response) => {
    const { method = "", url = "", headers } = request;
    requests.push({ method, url, headers, body: await buffer(request) });
    response.writeHead(200, { "content-type": "application/json" }).end('{"created":0,"data":[]}');
  });
  return {
    ...server,
    take() {
      const taken = requests;
      requests = [];
      return taken;
    },
  };
}
