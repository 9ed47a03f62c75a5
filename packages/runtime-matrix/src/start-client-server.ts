import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The server that the client's checks talk to, on a port of the system's choice. */
export interface ClientServer extends AsyncDisposable {
  /** Without a slash at the end. The first part of a path chooses what happens: see `answers`. */
  readonly url: string;
}

type Answer = (response: ServerResponse, request: IncomingMessage, body: Buffer, attempt: number) => void;

const json = { "content-type": "application/json", "x-request-id": "req_1" };
const picture = Buffer.from("89504e470d0a1a0a00ff0d0a2d2d", "hex");
const success = '{"created":1,"data":[]}';

const answers: Readonly<Record<string, Answer>> = {
  /** Tells what arrived. */
  echo: (response, { headers }, body) =>
    void response
      .writeHead(200, json)
      .end(JSON.stringify({ created: 1, headers, data: [{ b64_json: body.toString("base64") }] })),
  /** Fails once, then tells what arrived. */
  busy: (response, request, body, attempt) =>
    attempt === 1
      ? void response.writeHead(500, { ...json, "retry-after-ms": "1" }).end(body)
      : answers["echo"]!(response, request, body, attempt),
  refuse: (response) =>
    void response
      .writeHead(400, json)
      .end('{"error":{"code":"c","message":"no","param":"image","type":"invalid_request_error"}}'),
  page: (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>"),
  redirect: (response) => void response.writeHead(301, { location: "/echo/images/variations" }).end(),
  half: (response, _request, _body, attempt) =>
    attempt === 1
      ? void response
          .writeHead(200, { ...json, "content-length": "100" })
          .write('{"created":', () => response.destroy())
      : void response.writeHead(200, json).end(success),
  silence: () => {},
  /** Two images at URLs, the second of which leads elsewhere. */
  links: (response, { headers }) => {
    const data = ["file", "moved"].map((path) => ({ url: `http://${headers.host}/${path}/otter.png` }));
    response.writeHead(200, json).end(JSON.stringify({ created: 1, data }));
  },
  file: (response) => void response.writeHead(200, { "content-type": "image/png" }).end(picture),
  moved: (response) => void response.writeHead(302, { location: "/file/otter.png" }).end(),
  /** Three images in base64, the body cut into pieces of 1,000 bytes. */
  images: (response) => {
    response.writeHead(200, json);
    const data = [0, 1, 2].map((index) => ({ b64_json: Buffer.alloc(3_000, index).toString("base64") }));
    const text = JSON.stringify({ created: 1, data });
    for (let at = 0; at < text.length; at += 1_000) response.write(text.slice(at, at + 1_000));
    response.end();
  },
};

/** Starts it. Browsers may ask it from anywhere. */
export async function startClientServer(): Promise<ClientServer> {
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "*, authorization");
    response.setHeader("access-control-expose-headers", "*");
    request.on("error", () => {});
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.method === "OPTIONS") return response.writeHead(204).end();
      const attempt = (attempts.get(request.url!) ?? 0) + 1;
      attempts.set(request.url!, attempt);
      const answer = answers[request.url!.split("/")[1]!];
      if (answer) answer(response, request, Buffer.concat(chunks), attempt);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
