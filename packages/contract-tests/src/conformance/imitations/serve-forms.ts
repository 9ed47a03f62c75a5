import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { parseMultipart, type Part } from "../../wire/parse-multipart.ts";

/** A request for variations, taken apart. */
export interface FormRequest {
  readonly headers: IncomingHttpHeaders;
  /** The server's own address, as the client knows it. */
  readonly origin: string;
  /** Undefined where the body is no form. */
  readonly parts: readonly Part[] | undefined;
}

export interface FormAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A server that is listening on a free port of this machine. */
export interface FormServer extends AsyncDisposable {
  readonly url: string;
}

/** Serves forms by a function, and any file that it gives the address of. */
export async function serveForms(
  answer: (request: FormRequest) => FormAnswer | Promise<FormAnswer>,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<FormServer> {
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await buffer(request);
    const file = files.get(url);
    if (method === "GET" && file) return response.writeHead(200, { "content-type": "image/png" }).end(file);
    const isForm = headers["content-type"]?.startsWith("multipart/form-data");
    const form = { method, url, headers, body };
    // A form that can't be taken apart is none.
    const parts = isForm ? await parseMultipart(form).catch(() => undefined) : undefined;
    const { status, body: result } = await answer({ headers, origin: `http://${headers.host}`, parts });
    return response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(result));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The text of a part; undefined where there is none of that name. */
export function textOf(parts: readonly Part[], name: string): string | undefined {
  const part = parts.find((candidate) => candidate.name === name);
  return part && "text" in part ? part.text : undefined;
}

/** The bytes of the picture, under any of its names. */
export function pictureOf(parts: readonly Part[], ...names: readonly string[]): Uint8Array | undefined {
  const part = parts.find((candidate) => names.includes(candidate.name));
  return part && "bytes" in part ? part.bytes : undefined;
}
