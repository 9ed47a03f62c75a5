import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { setImmediate } from "node:timers/promises";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import OpenAI from "../index.ts";
import { nodeTransport } from "../node.ts";
import { listen } from "../testing/listen.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();
const success = JSON.stringify({ created: 1, data: [] });

describe("nodeTransport", () => {
  it("sends what fetch sends, with an exact length, over one connection", async () => {
    const received: { sockets: Set<Socket>; seen: unknown[] } = { sockets: new Set(), seen: [] };
    const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      received.sockets.add(request.socket);
      const body = Buffer.concat(await request.toArray());
      const { authorization, "content-length": length, "content-type": type, "x-other": other } = request.headers;
      const form = await new Response(body, { headers: { "content-type": type! } }).formData();
      const file = form.get("image") as File;
      received.seen.push([request.method, request.url, authorization, other, file.name, form.get("n")]);
      expect(Number(length)).toBe(body.length);
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(image);
      response.setHeader("content-type", "application/json").setHeader("x-request-id", "req_1").end(success);
    };
    await listen(serve, async (baseURL) => {
      using transport = nodeTransport();
      const node = new OpenAI({ apiKey: "key", baseURL, transport, defaultHeaders: { "x-other": "ü" } });
      const fetch = new OpenAI({ apiKey: "key", baseURL, defaultHeaders: { "x-other": "ü" } });
      for (const client of [node, node, node]) {
        const result = await client.images.createVariation({ image, n: 2 }, { query: { a: "b" } });
        expect(result).toEqual(JSON.parse(success));
        expect(result._request_id).toBe("req_1");
      }
      expect(received.sockets.size).toBe(1);
      await fetch.images.createVariation({ image, n: 2 }, { query: { a: "b" } });
      expect(received.seen[3]).toEqual(received.seen[0]);
    });
  });

  it("makes a real Response", async () => {
    await listen(
      (_, response) =>
        response
          .writeHead(200, "Fine", ["Content-Type", "application/json", "X-Part", "1", "x-part", "2"])
          .end(success),
      async (baseURL) => {
        using transport = nodeTransport();
        const call = new OpenAI({ apiKey: "key", baseURL, transport }).images.createVariation({ image });
        const response = await call.asResponse();
        expect(response).toBeInstanceOf(Response);
        expect([response.status, response.statusText, response.bodyUsed]).toEqual([200, "Fine", false]);
        expect(response.headers.get("x-part")).toBe("1, 2");
        expect(await response.text()).toBe(success);
      },
    );
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])("asks for no encoding, and understands %s nevertheless", async (encoding, encode) => {
    const asked: unknown[] = [];
    await listen(
      (request, response) => {
        asked.push(request.headers["accept-encoding"]);
        const headers = { "content-type": "application/json", "content-encoding": encoding };
        response.writeHead(200, headers).end(encode(success));
      },
      async (baseURL) => {
        using transport = nodeTransport();
        const client = new OpenAI({ apiKey: "key", baseURL, transport });
        expect(await client.images.createVariation({ image })).toEqual(JSON.parse(success));
        expect(asked).toEqual(["identity"]);
      },
    );
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ["no response but a closed connection", (request) => request.socket.destroy()],
    ["a body that breaks off", (_, response) => breakOff(response, { "content-length": "100" })],
    ["a body in chunks that breaks off", (_, response) => breakOff(response, {})],
    ["a response that is not HTTP", (request) => request.socket.end("no HTTP\r\n\r\n")],
    ["an invalid encoding", (_, response) => garble(response)],
  ])("says of %s that the connection failed, and tries again", async (_, serve) => {
    let attempts = 0;
    await listen(
      (request, response) => {
        attempts++;
        request.resume();
        request.on("end", () => serve(request, response));
      },
      async (baseURL) => {
        using transport = nodeTransport();
        const client = new OpenAI({ apiKey: "key", baseURL, transport, maxRetries: 1 });
        const outcome: unknown = await client.images.createVariation({ image }).catch((error: unknown) => error);
        expect(outcome).toMatchObject({ constructor: OpenAI.APIConnectionError, cause: expect.anything() });
        expect(attempts).toBe(2);
      },
    );
  });

  it("survives a connection that the server closed while it was idle", async () => {
    await listen(
      (request, response) => {
        request.resume();
        response.setHeader("content-type", "application/json").end(success);
      },
      async (baseURL, server) => {
        using transport = nodeTransport();
        const client = new OpenAI({ apiKey: "key", baseURL, transport, maxRetries: 1 });
        for (let count = 0; count < 5; count++) {
          expect(await client.images.createVariation({ image })).toEqual(JSON.parse(success));
          server.closeAllConnections();
        }
      },
    );
  });

  it("closes the connection when the caller's signal fires, before the response and during it", async () => {
    for (const start of ["", "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"]) {
      const { promise: requested, resolve } = Promise.withResolvers<Socket>();
      await listen(
        ({ socket }) => {
          socket.write(start);
          resolve(socket);
        },
        async (baseURL) => {
          using transport = nodeTransport();
          const controller = new AbortController();
          const client = new OpenAI({ apiKey: "key", baseURL, transport });
          const call = client.images.createVariation({ image }, { signal: controller.signal });
          const outcome = call.catch((error: unknown) => error);
          const socket = await requested;
          const closed = closeOf(socket);
          controller.abort();
          expect(await outcome).toBeInstanceOf(OpenAI.APIUserAbortError);
          socket.resume();
          await closed;
        },
      );
    }
  });

  it("rejects a redirect of the image like fetch's, and what is not HTTP", async () => {
    await listen(
      (request, response) => {
        request.resume();
        response.writeHead(302, { location: "/elsewhere" }).end();
      },
      async (baseURL) => {
        using transport = nodeTransport();
        const client = new OpenAI({ apiKey: "key", baseURL, transport });
        await expect(client.images.createVariation({ image })).rejects.toThrow(/drops the request body/);
        const request = { method: "GET", url: "ftp://127.0.0.1", headers: new Map<string, string>() };
        await expect(transport(request)).rejects.toThrow("Invalid request");
      },
    );
  });

  it("says how many codings of a body are too many", async () => {
    await listen(
      (_, response) => void response.writeHead(200, { "content-encoding": "br,".repeat(6) }).end(success),
      async (url) => {
        using transport = nodeTransport();
        const response = await transport({ method: "GET", url, headers: new Map() });
        expect(() => response.chunks()).toThrow("Too many content codings: 7, at most 5.");
      },
    );
  });

  it("rejects a connection that becomes a tunnel, and closes it", async () => {
    await listen(
      () => {},
      async (url, server) => {
        const { promise: closed, resolve } = Promise.withResolvers<void>();
        server.on("connect", (_, socket) => {
          socket.on("error", () => {}).on("end", () => resolve(void socket.destroy()));
          socket.resume().write("HTTP/1.1 200 Connected\r\n\r\n");
        });
        using transport = nodeTransport();
        await expect(transport({ method: "CONNECT", url, headers: new Map() })).rejects.toThrow(
          "Unexpected switch of protocols with status 200.",
        );
        await closed;
      },
    );
  });

  it.each([
    [204, null],
    [205, null],
    [200, ""],
    [599, ""],
  ])("makes a Response of status %i whose body is %o", async (status, body) => {
    await listen(
      (_, response) => void response.writeHead(status).end(),
      async (url) => {
        using transport = nodeTransport();
        const plain = await transport({ method: "GET", url, headers: new Map() });
        expect(plain).toMatchObject({ status, ownsChunks: true });
        const response = plain.toResponse();
        expect([response.status, response.body && (await response.text())]).toEqual([status, body]);
      },
    );
  });

  it("sends the headers that it is given, but for those about the connection, and two of its own", async () => {
    const own = ["content-length", "keep-alive", "te", "trailer", "transfer-encoding"];
    const seen: IncomingMessage["headers"][] = [];
    await listen(
      (request, response) => {
        seen.push(request.headers);
        response.end();
      },
      async (url) => {
        using transport = nodeTransport();
        const headers = new Map(own.map((name) => [name, "1"]));
        await transport({ method: "GET", url, headers });
        const given = { host: "otter.example", "accept-encoding": "br", "x-a": "1" };
        await transport({ method: "POST", url, headers: new Map(Object.entries(given)), body: new Uint8Array(3) });
        const connection = "keep-alive";
        const { host } = new URL(url);
        expect(seen).toEqual([
          { host, "accept-encoding": "identity", connection },
          { ...given, "content-length": "3", connection },
        ]);
      },
    );
  });

  const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));
  it.runIf(hasIPv6)("finds a server by its address of IPv6", async () => {
    const server = createServer((_, response) => void response.end("here")).listen(0, "::1");
    await once(server, "listening");
    try {
      using transport = nodeTransport();
      const url = `http://[::1]:${(server.address() as AddressInfo).port}/`;
      expect(await (await transport({ method: "GET", url, headers: new Map() })).toResponse().text()).toBe("here");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("is closed with all its connections", async () => {
    await listen(
      (request, response) => {
        request.resume();
        response.setHeader("content-type", "application/json").end(success);
      },
      async (baseURL, server) => {
        const transport = nodeTransport();
        const connected = once(server, "connection") as Promise<[Socket]>;
        await new OpenAI({ apiKey: "key", baseURL, transport }).images.createVariation({ image });
        const [socket] = await connected;
        await setImmediate();
        const closed = closeOf(socket);
        transport.close();
        await closed;
      },
    );
  });
});

/** Not `once`, which would reject if the connection is reset. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.on("error", () => {}).once("close", () => resolve()));
}

function breakOff(response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, { "content-type": "application/json", ...headers });
  response.write('{"created"', () => response.destroy());
}

function garble(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end("no gzip at all");
}
