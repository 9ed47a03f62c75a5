import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { drawImage } from "./draw-image.ts";

/** A server in process: an imitation of a target. */
export type ImitationHandler = (request: Request) => Response | Promise<Response>;

/** How an imitation differs from its good behaviour. */
export interface ImitationOptions {
  /** The credentials that it wants. @default none */
  readonly key?: string;
  /** What it draws when it is asked for so many images of this size. @default as many, in PNG */
  readonly draw?: (request: DrawRequest) => Promise<Uint8Array[]>;
  /** Responds in its place to the request that makes images, if it returns something. @param attempt Counts from 1. */
  readonly instead?: (request: Request, attempt: number) => Response | undefined | Promise<Response | undefined>;
}

export interface DrawRequest {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Counts from 1. */
  readonly attempt: number;
}

/** Draws what was asked for. */
export async function drawAll({ count, width, height, seed }: DrawRequest): Promise<Uint8Array[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => drawImage({ width, height, seed: seed + index })));
}

/** One request that an imitation got. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  /** The fields of a form, or the members of a JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A handler as `fetch`, which remembers what it was asked. */
export function imitate(handler: ImitationHandler): {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  requests: RecordedRequest[];
} {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: async (url, init) => {
      const request = new Request(url, init);
      requests.push(await record(request.clone()));
      // The caller's own: that of a Request is lost when the Request is collected as garbage.
      const { signal } = init ?? {};
      signal?.throwIfAborted();
      return new Promise((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
        Promise.resolve(handler(request)).then(resolve, reject);
      });
    },
  };
}

async function record(request: Request): Promise<RecordedRequest> {
  const { pathname: path } = new URL(request.url);
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
  const text = isForm ? "" : await request.clone().text();
  const body = isForm ? Object.fromEntries(await request.formData()) : text ? (JSON.parse(text) as object) : {};
  return { method: request.method, path, headers: request.headers, body: body as Readonly<Record<string, unknown>> };
}

/** An imitation on a port of its own. */
export interface ServedImitation extends AsyncDisposable {
  readonly url: string;
}

/**
 * Serves a handler on a port of the system's choice. A body that errors breaks the connection.
 *
 * @param says What is sent to everybody who opens a socket, each as a message. @default no sockets
 */
export async function serveImitation(handler: ImitationHandler, says?: readonly string[]): Promise<ServedImitation> {
  const server = createServer(async (incoming, outgoing) => {
    const url = `http://${incoming.headers.host}${incoming.url}`;
    const headers = new Headers(incoming.headers as Record<string, string>);
    const { method = "GET" } = incoming;
    const body = method === "GET" ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
    try {
      const response = await handler(new Request(url, { method, headers, body, duplex: "half" } as RequestInit));
      outgoing.writeHead(response.status, [...response.headers].flat());
      for await (const chunk of response.body ?? []) outgoing.write(chunk);
      outgoing.end();
    } catch {
      outgoing.destroy();
    }
  });
  server.on("upgrade", ({ headers }, socket) => {
    socket.on("error", () => {});
    if (!says) return socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    const accept = createHash("sha1").update(`${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept.digest("base64")}\r\n\r\n`,
    );
    // A frame of text with fewer than 126 bytes (RFC 6455, section 5.2).
    for (const text of says) socket.write(Buffer.concat([Buffer.of(0x81, Buffer.byteLength(text)), Buffer.from(text)]));
    return socket.on("data", () => socket.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** How often something was asked. */
export function counter(): () => number {
  let count = 0;
  return () => (count += 1);
}
