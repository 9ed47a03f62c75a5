import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen, type TestServer } from "@image-variations/testing/listen";

type Respond = (response: ServerResponse, request: IncomingMessage, body: Buffer, attempt: number) => void;

const json = { "content-type": "application/json", "x-request-id": "req_1" };
const image = Buffer.from("89504e470d0a1a0a00ff0d0a2d2d", "hex");
const success = '{"created":1,"data":[]}';

/** What happens, by the first part of the path. */
const responses: Readonly<Record<string, Respond>> = {
  /** Tells what arrived. */
  echo: (response, { headers }, body) =>
    void response
      .writeHead(200, json)
      .end(JSON.stringify({ created: 1, headers, data: [{ b64_json: body.toString("base64") }] })),
  /** Fails once, then tells what arrived. */
  busy: (response, request, body, attempt) =>
    attempt === 1
      ? void response.writeHead(500, { ...json, "retry-after-ms": "1" }).end(body)
      : responses["echo"]!(response, request, body, attempt),
  reject: (response) =>
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
  file: (response) => void response.writeHead(200, { "content-type": "image/png" }).end(image),
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

/** Starts the server that the client's checks talk to. Browsers may call it from anywhere. */
export async function startClientServer(): Promise<TestServer> {
  const attempts = new Map<string, number>();
  return listen(async (request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "*, authorization");
    response.setHeader("access-control-expose-headers", "*");
    const { method, url = "" } = request;
    // A client that stops breaks its request off.
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    if (method === "OPTIONS") return void response.writeHead(204).end();
    const attempt = (attempts.get(url) ?? 0) + 1;
    attempts.set(url, attempt);
    const respond = responses[url.split("/")[1] ?? ""];
    if (respond) respond(response, request, body, attempt);
    else response.writeHead(404).end();
  });
}
