import type { RequestListener } from "node:http";
import { listen, type TestServer } from "@image-variations/testing/listen";
import { makePng } from "image-variations/conformance";

/** Servers that do not implement the contract at all, each in its own way, whatever they are asked. */
export const degenerateServers = {
  "HTML with 200": always(200, "text/html", "<html><body>Welcome</body></html>"),
  "{} with 200": always(200, "application/json", "{}"),
  "[] with 200": always(200, "application/json", "[]"),
  "null with 200": always(200, "application/json", "null"),
  "an error's envelope with 200": always(200, "application/json", '{"error":{"message":"no"}}'),
  "no images with 200": always(200, "application/json", '{"data":[]}'),
  "no images, in a body that matches the schema": always(200, "application/json", '{"created":1,"data":[]}'),
  "data that is an object": always(200, "application/json", '{"created":1,"data":{"url":"http://127.0.0.1/1.png"}}'),
  "an image that is null": always(200, "application/json", '{"created":1,"data":[null]}'),
  "an image that is {}": always(200, "application/json", '{"created":1,"data":[{}]}'),
  "base64 that is not an image": always(200, "application/json", '{"created":1,"data":[{"b64_json":"b3R0ZXI="}]}'),
  "the beginning of a PNG": always(200, "application/json", JSON.stringify(oneImage(40))),
  "a hundred thousand images that are {}": always(
    200,
    "application/json",
    `{"created":1,"data":[${Array(1e5).fill("{}").join()}]}`,
  ),
  "JSON that is nested 100,000 deep": always(200, "application/json", `${"[".repeat(1e5)}${"]".repeat(1e5)}`),
  "an empty body with 200": always(200, "application/json", ""),
  "204": always(204),
  "404": always(404, "text/plain", "404 page not found"),
  "500": always(500, "text/html", "<h1>Internal Server Error</h1>"),
  "401": always(401, "application/json", '{"error":{"message":"no key","type":"x","param":null,"code":null}}'),
  "403": always(403, "application/json", "{}"),
  "400": always(400, "application/json", '{"error":{"message":"no","type":"x","param":null,"code":null}}'),
  "429": (_, response) => response.writeHead(429, { "retry-after": "30" }).end(),
  "a redirect": (_, response) => response.writeHead(302, { location: "http://elsewhere.example/v1" }).end(),
  "text/plain": always(200, "text/plain", "ok"),
  "what it was sent": (request, response) => {
    response.writeHead(200, { "content-type": request.headers["content-type"] });
    request.pipe(response);
  },
  "a body without an end": (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const chunk = Buffer.alloc(1_048_576, " ");
    const write = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", write);
    response.on("error", () => {});
    write();
  },
  "nothing, by closing the connection": (request) => request.destroy(),
  "half a body, and then a closed connection": (_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write('{"data":[', () => response.destroy());
  },
  nothing: () => {},
  "headers, and then nothing": (_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).flushHeaders(),
} as const satisfies Readonly<Record<string, RequestListener>>;

/** Responds to every request with one whole image of the default size, as base64. */
export const oneImageToEverything: RequestListener = always(200, "application/json", JSON.stringify(oneImage()));

/** Starts a server that responds below /v1, on a free port of this machine. */
export async function startServer(respond: RequestListener): Promise<TestServer> {
  const server = await listen((request, response) => {
    request.on("error", () => {});
    respond(request, response);
  });
  return { ...server, url: `${server.url}/v1` };
}

function always(status: number, mediaType?: string, body?: string): RequestListener {
  return (request, response) => {
    // The request is read, as a server does: otherwise a client may see a broken connection instead of the response.
    request.resume().on("end", () => {
      response.writeHead(status, mediaType === undefined ? {} : { "content-type": mediaType }).end(body);
    });
  };
}

function oneImage(byteLength?: number): unknown {
  const file = makePng({ width: 1024, height: 1024 }).subarray(0, byteLength);
  return { created: 1_778_544_000, data: [{ b64_json: file.toString("base64") }] };
}
