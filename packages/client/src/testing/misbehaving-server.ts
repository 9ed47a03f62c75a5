import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A server on a port of the system's choice that does what a test wants it to. */
export interface MisbehavingServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** What it was asked, in order, each with its whole body. */
  readonly requests: { readonly method: string; readonly path: string; readonly body: Buffer }[];
  /** The connections that are open now. */
  readonly sockets: ReadonlySet<Socket>;
}

/** How a request is responded to: `attempt` counts from 1. */
export type Behaviour = (response: ServerResponse, attempt: number, request: IncomingMessage) => void;

/**
 * @param behave Called for every request.
 * @param early Call it when the headers are there, before the body is read.
 */
export async function misbehavingServer(behave: Behaviour, early = false): Promise<MisbehavingServer> {
  const requests: MisbehavingServer["requests"] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    const record = (): number =>
      requests.push({ method: request.method!, path: request.url!, body: Buffer.concat(chunks) });
    response.on("error", () => {});
    if (early) return behave(response, record(), request);
    request.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => behave(response, record(), request));
  };
  const server = createServer(listener).on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
