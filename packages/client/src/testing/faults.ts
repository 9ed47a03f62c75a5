import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { Behaviour } from "./misbehaving-server.ts";

/** Something that goes wrong between a client and a server. */
export interface Fault {
  readonly name: string;
  readonly behave: Behaviour;
  /** Whether the server acts when the request's headers are there, before it has read the body. */
  readonly early?: boolean;
  /** Milliseconds that the clients wait, if not the default. */
  readonly timeout?: number;
  /** Milliseconds that only the official SDK waits, if one of our limits ends our call. */
  readonly officialTimeout?: number;
  /** How our client's call ends, and after how many calls of `fetch`; one retry is allowed. */
  readonly ours: string;
  /** What comes of `streamVariation`, if it is something else. */
  readonly stream?: string;
  /** How the official SDK's call ends. */
  readonly official: string;
}

const json = { "content-type": "application/json" };
const success = '{"created":1,"data":[]}';
const errorBody = '{"error":{"code":null,"message":"no","param":null,"type":"server_error"}}';

const respond =
  (status: number, headers: Record<string, string>, body: string | Buffer = ""): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end(body);

const raw =
  (text: string): Behaviour =>
  ({ socket }) =>
    void socket!.end(text);

const good = respond(200, json, success);
const once =
  (fault: Behaviour): Behaviour =>
  (...call) =>
    (call[1] === 1 ? fault : good)(...call);

const reset: Behaviour = ({ socket }) => void socket!.destroy();
const silence: Behaviour = () => {};
const retrySoon = { ...json, "retry-after-ms": "1" };

function trickle(response: ServerResponse, piece: string): void {
  response.writeHead(200, json);
  const timer = setInterval(() => response.write(piece), 5);
  response.on("close", () => clearInterval(timer));
}

/** Writes as fast as the client reads, until it hangs up. */
function endless(response: ServerResponse, status: number): void {
  response.writeHead(status, json);
  const piece = " ".repeat(65_536);
  const write = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", write);
  write();
}

export const faults: readonly Fault[] = [
  {
    name: "connection reset before the response",
    ours: "APIConnectionError after 2 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: reset,
  },
  {
    name: "connection reset before the response, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(reset),
  },
  {
    name: "connection reset while the request is sent",
    ours: "APIConnectionError after 2 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: reset,
    early: true,
  },
  {
    name: "connection reset in the middle of the headers",
    ours: "APIConnectionError after 2 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: ({ socket }) => void socket!.write("HTTP/1.1 200 OK\r\nContent-", () => socket!.destroy()),
  },
  {
    name: "connection closed without a word",
    ours: "APIConnectionError after 2 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: raw(""),
  },
  {
    name: "a response that is not HTTP",
    ours: "APIConnectionError after 2 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: raw("SSH-2.0-OpenSSH_9.6\r\n"),
  },
  {
    name: "half a body, then a reset",
    ours: "APIConnectionError after 2 attempts",
    stream: "APIConnectionError",
    official: "TypeError",
    behave: (response) =>
      void response.writeHead(200, { ...json, "content-length": "100" }).write('{"created":', () => response.destroy()),
  },
  {
    name: "half a body, then a reset, once",
    ours: "resolved after 2 attempts",
    stream: "APIConnectionError",
    official: "TypeError",
    behave: once(
      (response) =>
        void response
          .writeHead(200, { ...json, "content-length": "100" })
          .write('{"created":', () => response.destroy()),
    ),
  },
  {
    name: "half a body in chunks, then a reset",
    ours: "APIConnectionError after 2 attempts",
    stream: "APIConnectionError",
    official: "TypeError",
    behave: (response) => void response.writeHead(200, json).write('{"created":', () => response.destroy()),
  },
  {
    name: "half an image, and the end of the body",
    ours: "UnexpectedResponseError",
    official: "SyntaxError",
    behave: respond(200, json, '{"created":1,"data":[{"b64_json":"iVBORw0KGgo'),
  },
  {
    name: "a body shorter than its length",
    ours: "APIConnectionError after 2 attempts",
    stream: "APIConnectionError",
    official: "TypeError",
    behave: raw(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n${success}`),
  },
  {
    name: "a body longer than its length",
    ours: "UnexpectedResponseError",
    official: "SyntaxError",
    behave: raw(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\nConnection: close\r\n\r\n${success}`,
    ),
  },
  {
    name: "no response",
    ours: "APIConnectionTimeoutError after 2 attempts",
    official: "APIConnectionTimeoutError after 2 attempts",
    behave: silence,
    timeout: 300,
  },
  {
    name: "no response, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(silence),
    timeout: 3_000,
  },
  {
    name: "headers, and no body",
    ours: "APIConnectionTimeoutError after 2 attempts",
    stream: "APIConnectionTimeoutError",
    official: "APIConnectionTimeoutError after 2 attempts",
    behave: (response) => void response.writeHead(200, json).flushHeaders(),
    timeout: 300,
  },
  {
    name: "a body that trickles in",
    ours: "APIConnectionTimeoutError after 2 attempts",
    stream: "APIConnectionTimeoutError",
    official: "APIConnectionTimeoutError after 2 attempts",
    behave: (response) => trickle(response, " "),
    timeout: 300,
  },
  {
    name: "a body without end",
    ours: "UnexpectedResponseError",
    official: "APIConnectionTimeoutError after 2 attempts",
    behave: (response) => endless(response, 200),
    officialTimeout: 800,
  },
  {
    name: "an error without end",
    ours: "BadRequestError",
    official: "no end",
    behave: (response) => endless(response, 400),
  },
  {
    name: "half an error, then a reset",
    ours: "BadRequestError",
    official: "BadRequestError",
    behave: (response) =>
      void response.writeHead(400, { ...json, "content-length": "100" }).write('{"error":', () => response.destroy()),
  },
  {
    name: "429 with retry-after-ms, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(429, retrySoon, errorBody)),
  },
  {
    name: "429 with Retry-After in seconds, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(429, { ...json, "retry-after": "0.01" }, errorBody)),
  },
  {
    name: "429 with Retry-After as a date, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once((...call) =>
      respond(429, { ...json, "retry-after": new Date(Date.now() + 1_000).toUTCString() }, errorBody)(...call),
    ),
  },
  {
    name: "429 with Retry-After of an hour, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(429, { ...json, "retry-after": "3600" }, errorBody)),
  },
  {
    name: "429 with Retry-After that is a word, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(429, { ...json, "retry-after": "soon" }, errorBody)),
  },
  {
    name: "429 every time",
    ours: "RateLimitError after 2 attempts",
    official: "RateLimitError after 2 attempts",
    behave: respond(429, retrySoon, errorBody),
  },
  {
    name: "408, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(408, retrySoon, errorBody)),
  },
  {
    name: "409, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(409, retrySoon, errorBody)),
  },
  {
    name: "500, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(500, retrySoon, errorBody)),
  },
  {
    name: "500 every time",
    ours: "InternalServerError after 2 attempts",
    official: "InternalServerError after 2 attempts",
    behave: respond(500, retrySoon, errorBody),
  },
  {
    name: "500 that says not to try again",
    ours: "InternalServerError",
    official: "InternalServerError",
    behave: respond(500, { ...json, "x-should-retry": "false" }, errorBody),
  },
  {
    name: "502 with a page",
    ours: "InternalServerError after 2 attempts",
    official: "InternalServerError after 2 attempts",
    behave: respond(502, { "content-type": "text/html", "retry-after-ms": "1" }, "<h1>Bad Gateway</h1>"),
  },
  {
    name: "503 with Retry-After, once",
    ours: "resolved after 2 attempts",
    official: "resolved after 2 attempts",
    behave: once(respond(503, { ...json, "retry-after": "0" }, errorBody)),
  },
  {
    name: "504 with a page",
    ours: "InternalServerError after 2 attempts",
    official: "InternalServerError after 2 attempts",
    behave: respond(504, { "content-type": "text/html", "retry-after-ms": "1" }, "<h1>Gateway Time-out</h1>"),
  },
  { name: "400 without a body", behave: respond(400, {}), ours: "BadRequestError", official: "BadRequestError" },
  {
    name: "400 with a body that is not JSON",
    ours: "BadRequestError",
    official: "BadRequestError",
    behave: respond(400, json, "{"),
  },
  {
    name: "400 with another envelope",
    ours: "BadRequestError",
    official: "BadRequestError",
    behave: respond(400, json, '{"detail":"no"}'),
  },
  {
    name: "400 with an envelope of text",
    ours: "BadRequestError",
    official: "BadRequestError",
    behave: respond(400, json, '{"error":"no"}'),
  },
  {
    name: "413 before the request is read",
    ours: "APIError",
    official: "APIError",
    behave: respond(413, { ...json, connection: "close" }, errorBody),
    early: true,
  },
  {
    name: "200 without a body",
    ours: "UnexpectedResponseError",
    official: "resolved to undefined",
    behave: respond(200, json),
  },
  { name: "204", behave: respond(204, {}), ours: "UnexpectedResponseError", official: "resolved to null" },
  {
    name: "200 with a page",
    ours: "UnexpectedResponseError",
    official: 'resolved to "<h1>Sign in</h1>"',
    behave: respond(200, { "content-type": "text/html" }, "<h1>Sign in</h1>"),
  },
  {
    name: "200 with JSON that is not called JSON",
    ours: "UnexpectedResponseError",
    official: 'resolved to "{\\"created\\":1,\\"data\\":[]}"',
    behave: respond(200, { "content-type": "text/plain" }, success),
  },
  {
    name: "200 with JSON called application/vnd.api+json",
    ours: "resolved",
    official: "resolved",
    behave: respond(200, { "content-type": "application/vnd.api+json" }, success),
  },
  {
    name: "200 with JSON that breaks off",
    ours: "UnexpectedResponseError",
    official: "SyntaxError",
    behave: respond(200, json, '{"created":1'),
  },
  {
    name: "200 that says to try again",
    ours: "resolved",
    official: "resolved",
    behave: respond(200, { ...json, "x-should-retry": "true" }, success),
  },
  {
    name: "200 with the envelope of an error",
    ours: "UnexpectedResponseError",
    official: "resolved",
    behave: respond(200, json, errorBody),
  },
  {
    name: "200 with an empty object",
    behave: respond(200, json, "{}"),
    ours: "UnexpectedResponseError",
    official: "resolved",
  },
  {
    name: "200 without data",
    ours: "UnexpectedResponseError",
    official: "resolved",
    behave: respond(200, json, '{"created":1}'),
  },
  {
    name: "200 with data that is not a list",
    ours: "UnexpectedResponseError",
    official: "resolved",
    behave: respond(200, json, '{"created":1,"data":{"url":"https://images.example/1.png"}}'),
  },
  {
    name: "200 with an empty list and an error",
    ours: "UnexpectedResponseError",
    official: "resolved",
    behave: respond(200, json, '{"created":1,"data":[],"error":{"message":"no"}}'),
  },
  {
    name: "101 Switching Protocols",
    ours: "APIConnectionError after 2 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
  },
  {
    name: "200 with an array",
    behave: respond(200, json, "[]"),
    ours: "UnexpectedResponseError",
    official: "resolved",
  },
  {
    name: "200 with null",
    ours: "UnexpectedResponseError",
    official: "resolved to null",
    behave: respond(200, json, "null"),
  },
  {
    name: "200 with a byte order mark",
    ours: "resolved",
    official: "resolved",
    behave: respond(200, json, `\uFEFF${success}`),
  },
  {
    name: "200 in gzip",
    ours: "resolved",
    official: "resolved",
    behave: respond(200, { ...json, "content-encoding": "gzip" }, gzipSync(success)),
  },
  {
    name: "200 with invalid gzip",
    ours: "APIConnectionError after 2 attempts",
    stream: "APIConnectionError",
    official: "TypeError",
    behave: respond(200, { ...json, "content-encoding": "gzip" }, success),
  },
  {
    name: "301",
    ours: "OpenAIError",
    official: "resolved",
    behave: (response, _, { url }) =>
      url === "/elsewhere"
        ? good(response, 1, undefined as never)
        : respond(301, { location: "/elsewhere" })(response, 1, undefined as never),
  },
  {
    name: "303",
    ours: "OpenAIError",
    official: "resolved",
    behave: (response, _, { url }) =>
      url === "/elsewhere"
        ? good(response, 1, undefined as never)
        : respond(303, { location: "/elsewhere" })(response, 1, undefined as never),
  },
  {
    name: "307 to the same server, once",
    ours: "resolved after 2 attempts",
    official: "resolved",
    behave: once(respond(307, { location: "/elsewhere" })),
  },
  {
    name: "307 in a circle",
    ours: "OpenAIError after 6 attempts",
    official: "APIConnectionError after 2 attempts",
    behave: respond(307, { location: "/elsewhere" }),
  },
  {
    name: "308 to another server",
    ours: "OpenAIError",
    official: "APIConnectionError after 2 attempts",
    behave: respond(308, { location: "http://localhost:1/elsewhere" }),
  },
  { name: "307 without a place", behave: respond(307, {}), ours: "APIError", official: "APIError" },
  {
    name: "307 to an invalid URL",
    ours: "OpenAIError",
    official: "APIConnectionError after 2 attempts",
    behave: respond(307, { location: "http://[" }),
  },
  { name: "304", behave: respond(304, {}), ours: "APIError", official: "APIError" },
];
