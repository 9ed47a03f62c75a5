// Every way in which an HTTP exchange can end: the promise is settled, by a result or by one typed error, over both
// transports alike, and no socket is left.
import { once } from "node:events";
import { createServer as createHttpsServer } from "node:https";
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { eventually } from "@image-variations/testing/eventually";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import OpenAI, { streamVariation } from "../index.ts";
import { type NodeTransport, nodeTransport } from "../node.ts";
import { completePng, pngBytes } from "../testing/png-bytes.ts";
import { testCertificate } from "../testing/test-certificate.ts";

const success = '{"created":1,"data":[]}';
const errorBody = '{"error":{"message":"no","code":"c","param":null,"type":"t"}}';

const head = (status: string, ...headers: string[]): string => [`HTTP/1.1 ${status}`, ...headers, "", ""].join("\r\n");
const json = "content-type: application/json";
const whole = (status: string, body: string | Buffer, ...headers: string[]): Buffer =>
  Buffer.concat([
    Buffer.from(head(status, json, `content-length: ${body.length}`, ...headers)),
    Buffer.isBuffer(body) ? body : Buffer.from(body),
  ]);
const good = whole("200 OK", success);

interface End {
  readonly what: string;
  /** What is written, piece by piece, when the request has come. */
  readonly write: readonly (string | Buffer)[];
  /** How the connection ends then. Default: it stays open. */
  readonly ending?: "close" | "reset";
  /** How the call ends over either transport. */
  readonly outcome: string;
  /** How it ends over `fetch`, if that differs, with the reason. */
  readonly overFetch?: string;
  readonly because?: string;
  /** Milliseconds that the client waits, if the time is what ends it. */
  readonly timeout?: number;
}

const connection = "APIConnectionError";
const timedOut = "APIConnectionTimeoutError";
const unexpected = "UnexpectedResponseError";

const ends: readonly End[] = [
  { what: "closed before the response", write: [], ending: "close", outcome: connection },
  { what: "reset before the response", write: [], ending: "reset", outcome: connection },
  { what: "silence", write: [], outcome: timedOut, timeout: 200 },
  { what: "closed in the status line", write: ["HTTP/1.1 2"], ending: "close", outcome: connection },
  { what: "reset in the headers", write: ["HTTP/1.1 200 OK\r\nContent-"], ending: "reset", outcome: connection },
  { what: "silence in the headers", write: ["HTTP/1.1 200 OK\r\nContent-"], outcome: timedOut, timeout: 200 },
  { what: "what is not HTTP", write: ["SSH-2.0-OpenSSH_9.6\r\n"], outcome: connection },
  { what: "a page of HTTP/0.9", write: ["<html>Sign in</html>"], ending: "close", outcome: connection },
  {
    what: "headers beyond every limit",
    write: [head("200 OK", `x-long: ${"x".repeat(100_000)}`)],
    outcome: connection,
  },
  {
    what: "both lengths",
    write: [head("200 OK", json, "content-length: 5", "transfer-encoding: chunked"), `5\r\n{"a":\r\n`],
    ending: "close",
    outcome: connection,
  },
  {
    what: "two lengths that differ",
    write: [head("200 OK", json, "content-length: 5", "content-length: 6"), "{}   "],
    ending: "close",
    outcome: connection,
  },
  {
    what: "100 Continue, then the response",
    write: [head("100 Continue"), good],
    outcome: "resolved",
    overFetch: connection,
    because: "undici has not asked for it",
  },
  { what: "102 Processing, then the response", write: [head("102 Processing"), good], outcome: "resolved" },
  {
    what: "103 Early Hints, then the response",
    write: [head("103 Early Hints", "link: </a>; rel=preload"), good],
    outcome: "resolved",
  },
  { what: "many 1xx, then the response", write: [head("103 Early Hints").repeat(50), good], outcome: "resolved" },
  {
    what: "100 Continue, then silence",
    write: [head("100 Continue")],
    outcome: timedOut,
    timeout: 200,
    overFetch: connection,
    because: "undici has not asked for it",
  },
  { what: "100 Continue, then the end", write: [head("100 Continue")], ending: "close", outcome: connection },
  {
    what: "101 with an upgrade",
    write: [head("101 Switching Protocols", "upgrade: websocket", "connection: upgrade")],
    outcome: connection,
  },
  { what: "101 without an upgrade", write: [head("101 Switching Protocols")], outcome: connection },
  {
    what: "101 and the end",
    write: [head("101 Switching Protocols", "upgrade: h2c", "connection: upgrade")],
    ending: "close",
    outcome: connection,
  },
  { what: "a status of three zeros", write: [whole("000 Nothing", success)], outcome: connection },
  { what: "status 199", write: [whole("199 Odd", success)], ending: "close", outcome: connection },
  {
    what: "status 600",
    write: [whole("600 Odd", success)],
    outcome: connection,
    overFetch: "InternalServerError",
    because: "undici lets it pass",
  },
  {
    what: "status 999",
    write: [whole("999 Odd", success)],
    outcome: connection,
    overFetch: "InternalServerError",
    because: "undici lets it pass",
  },
  { what: "the whole body", write: [good], outcome: "resolved" },
  { what: "the whole body, byte by byte", write: [...good].map((byte) => Buffer.from([byte])), outcome: "resolved" },
  {
    what: "the whole body, up to the end of the connection",
    write: [head("200 OK", json), success],
    ending: "close",
    outcome: "resolved",
  },
  {
    what: "chunks and trailers",
    write: [
      head("200 OK", json, "transfer-encoding: chunked", "trailer: x-sum"),
      `${success.length.toString(16)}\r\n${success}\r\n0\r\nx-sum: 1\r\n\r\n`,
    ],
    outcome: "resolved",
  },
  {
    what: "chunks with extensions",
    write: [
      head("200 OK", json, "transfer-encoding: chunked"),
      `${success.length.toString(16)};a=b\r\n${success}\r\n0\r\n\r\n`,
    ],
    outcome: "resolved",
  },
  {
    what: "half a body, then the end",
    write: [head("200 OK", json, "content-length: 99"), '{"created"'],
    ending: "close",
    outcome: connection,
  },
  {
    what: "half a body, then a reset",
    write: [head("200 OK", json, "content-length: 99"), '{"created"'],
    ending: "reset",
    outcome: connection,
  },
  {
    what: "half a body, then silence",
    write: [head("200 OK", json, "content-length: 99"), '{"created"'],
    outcome: timedOut,
    timeout: 200,
  },
  {
    what: "half a chunk, then the end",
    write: [head("200 OK", json, "transfer-encoding: chunked"), '40\r\n{"created"'],
    ending: "close",
    outcome: connection,
  },
  {
    what: "no last chunk",
    write: [head("200 OK", json, "transfer-encoding: chunked"), `${success.length.toString(16)}\r\n${success}\r\n`],
    ending: "close",
    outcome: connection,
  },
  {
    what: "a chunk with an invalid length",
    write: [head("200 OK", json, "transfer-encoding: chunked"), "xyz\r\n"],
    outcome: connection,
  },
  {
    what: "half an error, then a reset",
    write: [head("400 Bad Request", json, "content-length: 99"), '{"error"'],
    ending: "reset",
    outcome: "BadRequestError",
  },
  {
    what: "an error without a length",
    write: [head("400 Bad Request", json), errorBody],
    ending: "close",
    outcome: "BadRequestError",
  },
  { what: "204", write: [head("204 No Content")], outcome: unexpected },
  {
    what: "205 with a body",
    write: [whole("205 Reset Content", success)],
    outcome: "resolved",
    overFetch: unexpected,
    because: "fetch knows no body of this status",
  },
  { what: "304", write: [head("304 Not Modified")], outcome: "APIError" },
  { what: "204 in gzip", write: [head("204 No Content", "content-encoding: gzip")], outcome: unexpected },
  { what: "no body at all", write: [whole("200 OK", "")], outcome: unexpected },
  { what: "gzip of nothing", write: [whole("200 OK", "", "content-encoding: gzip")], outcome: unexpected },
  {
    what: "a reason that is not text",
    write: [
      Buffer.concat([Buffer.from("HTTP/1.1 200 \xff\x80\r\n", "latin1"), good.subarray(good.indexOf("\r\n") + 2)]),
    ],
    outcome: "resolved",
  },
  { what: "gzip", write: [whole("200 OK", gzipSync(success), "content-encoding: gzip")], outcome: "resolved" },
  {
    what: "GZIP and x-gzip",
    write: [whole("200 OK", gzipSync(gzipSync(success)), "content-encoding: GZIP ,x-gzip")],
    outcome: "resolved",
  },
  {
    what: "gzip that says so in two headers",
    write: [whole("200 OK", gzipSync(gzipSync(success)), "content-encoding: gzip", "content-encoding: gzip")],
    outcome: "resolved",
  },
  { what: "br", write: [whole("200 OK", brotliCompressSync(success), "content-encoding: br")], outcome: "resolved" },
  { what: "zstd", write: [whole("200 OK", zstdCompressSync(success), "content-encoding: zstd")], outcome: "resolved" },
  { what: "deflate", write: [whole("200 OK", deflateSync(success), "content-encoding: deflate")], outcome: "resolved" },
  {
    what: "deflate without zlib's header",
    write: [whole("200 OK", deflateRawSync(success), "content-encoding: deflate")],
    outcome: "resolved",
  },
  { what: "identity", write: [whole("200 OK", success, "content-encoding: identity")], outcome: "resolved" },
  {
    what: "a coding that is unknown",
    write: [whole("200 OK", success, "content-encoding: otter")],
    outcome: "resolved",
  },
  ...["constructor", "__proto__", "toString", "hasOwnProperty"].map((name): End => ({
    what: `a coding called ${name}`,
    write: [whole("200 OK", success, `content-encoding: ${name}`)],
    outcome: "resolved",
  })),
  { what: "an empty coding", write: [whole("200 OK", success, "content-encoding: ")], outcome: "resolved" },
  {
    what: "five codings",
    write: [
      whole(
        "200 OK",
        [1, 2, 3, 4, 5].reduce<Buffer>((body) => gzipSync(body), Buffer.from(success)),
        "content-encoding: gzip, gzip, gzip, gzip, gzip",
      ),
    ],
    outcome: "resolved",
  },
  {
    what: "six codings",
    write: [whole("200 OK", success, `content-encoding: ${"gzip, ".repeat(5)}gzip`)],
    outcome: connection,
  },
  {
    what: "thousands of codings",
    write: [whole("200 OK", success, `content-encoding: ${"gzip,".repeat(2_000)}gzip`)],
    outcome: connection,
  },
  { what: "invalid gzip", write: [whole("200 OK", success, "content-encoding: gzip")], outcome: connection },
  {
    what: "gzip that breaks off",
    write: [whole("200 OK", gzipSync(success).subarray(0, -9), "content-encoding: gzip")],
    outcome: connection,
    overFetch: "resolved",
    because: "undici takes what there is",
  },
  {
    what: "gzip whose connection breaks off",
    write: [head("200 OK", json, "content-length: 99", "content-encoding: gzip"), gzipSync(success)],
    ending: "reset",
    outcome: connection,
  },
  {
    what: "br that breaks off",
    write: [whole("200 OK", brotliCompressSync(success.repeat(9)).subarray(0, 12), "content-encoding: br")],
    outcome: connection,
    overFetch: unexpected,
    because: "undici takes what there is",
  },
  {
    what: "gzip, then silence",
    write: [head("200 OK", json, "content-length: 99", "content-encoding: gzip"), gzipSync(success).subarray(0, 15)],
    outcome: timedOut,
    timeout: 200,
  },
  {
    what: "a redirect to nowhere",
    write: [head("307 Temporary Redirect", "location: http://[")],
    outcome: "OpenAIError",
  },
  {
    what: "a redirect to another server",
    write: [head("308 Permanent Redirect", "location: http://localhost:1/")],
    outcome: "OpenAIError",
  },
  {
    what: "a redirect without a place",
    write: [head("307 Temporary Redirect", "content-length: 0")],
    outcome: "APIError",
  },
  { what: "what comes before it was asked for", write: [good, good], outcome: "resolved" },
];

interface Server {
  readonly url: string;
  readonly sockets: ReadonlySet<Socket>;
  close(): void;
}

async function serve(end: Pick<End, "write" | "ending">): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    let received = "";
    let responded = false;
    socket.setNoDelay(true).on("data", (chunk) => {
      received += chunk.toString("latin1");
      // The end of the form.
      if (responded || !received.endsWith("--\r\n")) return;
      responded = true;
      void respond(socket);
    });
  }).listen(0, "127.0.0.1");
  async function respond(socket: Socket): Promise<void> {
    for (const piece of end.write) await new Promise((written) => socket.write(piece, written));
    if (end.ending === "close") socket.end();
    if (end.ending === "reset") socket.resetAndDestroy();
  }
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

let transport: NodeTransport;
beforeEach(() => {
  transport = nodeTransport();
});
afterEach(() => transport.close());

async function outcomeOf(end: End, options: object): Promise<string> {
  const server = await serve(end);
  try {
    const client = new OpenAI({
      apiKey: "key",
      baseURL: server.url,
      maxRetries: 0,
      timeout: end.timeout ?? 30_000,
      ...options,
    });
    const outcome = await client.images.createVariation({ image: pngBytes() }).then(
      () => "resolved",
      (error: unknown) => {
        const { constructor, message } = error as Error;
        if (error instanceof OpenAI.APIConnectionError)
          expect(message).toContain(`(POST ${server.url}/images/variations)`);
        return constructor.name;
      },
    );
    transport.close();
    if ("transport" in options) await eventually(() => expect(server.sockets.size).toBe(0));
    return outcome;
  } finally {
    server.close();
  }
}

describe("an exchange is settled:", () => {
  it.each(ends)("$what: $outcome", async (end) => {
    expect(await outcomeOf(end, { transport })).toBe(end.outcome);
    const overFetch = await outcomeOf(end, {});
    expect(overFetch).toBe(end.overFetch ?? end.outcome);
  });
});

describe("the timeout is kept", () => {
  // 8 GB of white space in 8 MB, and this in 8 kB.
  const bomb = gzipSync(gzipSync(Buffer.alloc(64_000_000, " ")));

  it("while a body that has all come is inflated", async () => {
    const end = { what: "", write: [whole("200 OK", bomb, "content-encoding: gzip, gzip")], outcome: "" };
    const slow = async (): Promise<string> =>
      outcomeOf({ ...end, timeout: 20 }, { transport, maxResponseBytes: Infinity });
    expect(await slow()).toBe(timedOut);
    expect(await outcomeOf(end, { transport, maxResponseBytes: 1_000_000 })).toBe(unexpected);
  });

  it("whatever the transport does: one that does not listen, does not respond, or does not go on", async () => {
    const never = (): Promise<never> => new Promise(() => {});
    const stuck = new ReadableStream({ pull: never });
    const transports = [
      { fetch: never },
      { fetch: async () => new Response(stuck, { headers: { "content-type": "application/json" } }) },
      { transport: never },
    ];
    for (const options of transports) {
      const client = new OpenAI({ apiKey: "key", maxRetries: 0, timeout: 20, ...options });
      const error: unknown = await client.images
        .createVariation({ image: pngBytes() })
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OpenAI.APIConnectionTimeoutError);
      expect((error as Error).message).toBe(
        "Request timed out. No response within 20 ms (POST https://api.openai.com/v1/images/variations)",
      );
      expect((error as Error).cause).toBeDefined();
    }
  });

  it("and a response that comes too late is given up", async () => {
    const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>();
    const body = new ReadableStream({ cancel });
    const fetch = async (_: string, { signal }: RequestInit): Promise<Response> => {
      await once(signal!, "abort");
      return new Response(body);
    };
    const client = new OpenAI({ apiKey: "key", maxRetries: 0, timeout: 20, fetch });
    await expect(client.images.createVariation({ image: pngBytes() })).rejects.toThrow("timed out");
    await cancelled;
  });
});

describe("what nodeTransport sends and shows", () => {
  async function requestTo(options: object, request: object): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const recorder = createServer((socket) => {
      socket.once("data", (chunk) => {
        resolve(chunk.toString("latin1"));
        socket.end(good);
      });
    }).listen(0, "127.0.0.1");
    await once(recorder, "listening");
    const baseURL = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`;
    const client = new OpenAI({ apiKey: "key", baseURL, transport, maxRetries: 0, ...options });
    await client.images.createVariation({ image: pngBytes() }, request);
    recorder.close();
    return promise;
  }

  it("is one length, whatever a caller's headers say", async () => {
    const headers = { "Content-Length": "1", "Transfer-Encoding": "chunked", TE: "trailers" };
    const text = await requestTo({}, { headers });
    expect(text.match(/^content-length: .*$/gim)).toHaveLength(1);
    expect(text).not.toMatch(/^(transfer-encoding|te): /im);
  });

  it("is an error at once for a request that can't be made", async () => {
    const bad = { method: "POST", url: "http://127.0.0.1:1/a", headers: new Map([["x\n", "y"]]) };
    await expect(transport(bad)).rejects.toMatchObject({
      constructor: OpenAI.OpenAIError,
      message: expect.stringMatching(/^Invalid request: .*\(POST http:\/\/127.0.0.1:1\/a\)$/),
    });
  });

  it("is the client's certificate to the API's server alone, and not to one that has the images", async () => {
    const shown: string[] = [];
    const options = { ...testCertificate, requestCert: true, rejectUnauthorized: false };
    const images = createHttpsServer(options, (request, response) => {
      shown.push(`images: ${(request.socket as TLSSocket).getPeerCertificate()?.subject?.CN ?? "none"}`);
      response.end(completePng(10));
    }).listen(0, "127.0.0.1");
    await once(images, "listening");
    const url = `https://localhost:${(images.address() as AddressInfo).port}`;
    const api = createHttpsServer(options, (request, response) => {
      request.resume();
      shown.push(`api: ${(request.socket as TLSSocket).getPeerCertificate()?.subject?.CN ?? "none"}`);
      if (request.url === "/moved") return response.writeHead(302, { location: `${url}/2` }).end();
      const data = [{ url: `${url}/1` }, { url: `https://${request.headers.host}/moved` }];
      return response.setHeader("content-type", "application/json").end(JSON.stringify({ created: 1, data }));
    }).listen(0, "127.0.0.1");
    await once(api, "listening");
    const secret = nodeTransport({ ...testCertificate, ca: testCertificate.cert });
    try {
      const client = new OpenAI({
        apiKey: "key",
        baseURL: `https://127.0.0.1:${(api.address() as AddressInfo).port}`,
        transport: secret,
        imageOrigins: [url],
      });
      for await (const image of streamVariation(client, { image: pngBytes(), n: 2 })) await image.bytes();
      expect(shown).toEqual(["api: image-variations test", "images: none", "api: none", "images: none"]);
    } finally {
      secret.close();
      images.close();
      api.close();
    }
  });
});

describe("nodeTransport goes through a proxy", () => {
  async function proxied(make: (proxy: string) => NodeTransport): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const proxy = createServer((socket) => {
      socket
        .on("error", () => {})
        .once("data", (chunk) => {
          resolve(chunk.toString("latin1").split("\r\n")[0]!);
          socket.end(good);
        });
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const own = make(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    try {
      const client = new OpenAI({ apiKey: "key", baseURL: "http://api.example/v1", transport: own, maxRetries: 0 });
      await client.images.createVariation({ image: pngBytes() });
      return await promise;
    } finally {
      own.close();
      proxy.close();
    }
  }

  const line = "POST http://api.example/v1/images/variations HTTP/1.1";

  it("that `proxyEnv` names", async () => {
    expect(await proxied((proxy) => nodeTransport({ proxyEnv: { HTTP_PROXY: proxy } }))).toBe(line);
  });

  /** Goes through the proxy that the environment names. */
  const fromEnvironment = async (): Promise<string> =>
    proxied((proxy) => {
      vi.stubEnv("HTTP_PROXY", proxy);
      vi.stubEnv("http_proxy", proxy);
      vi.stubEnv("no_proxy", "");
      vi.stubEnv("NO_PROXY", "");
      return nodeTransport();
    });

  it("that the environment names, if NODE_USE_ENV_PROXY says so", async () => {
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    try {
      expect(await fromEnvironment()).toBe(line);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("that the environment names, if Node was started with --use-env-proxy", async () => {
    process.execArgv.push("--use-env-proxy");
    try {
      expect(await fromEnvironment()).toBe(line);
    } finally {
      process.execArgv.pop();
      vi.unstubAllEnvs();
    }
  });

  it("and through none that the environment names otherwise", async () => {
    vi.stubEnv("NODE_USE_ENV_PROXY", "0");
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9");
    vi.stubEnv("http_proxy", "http://127.0.0.1:9");
    const server = await serve({ write: [good] });
    try {
      const client = new OpenAI({ apiKey: "key", baseURL: server.url, transport, maxRetries: 0 });
      await client.images.createVariation({ image: pngBytes() });
    } finally {
      server.close();
      vi.unstubAllEnvs();
    }
  });
});
