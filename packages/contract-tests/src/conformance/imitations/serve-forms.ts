import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen, type TestServer } from "@image-variations/testing/listen";
import { parseMultipart, type Part } from "../../wire/parse-multipart.ts";

/** A parsed request for variations. */
export interface FormRequest {
  readonly headers: IncomingHttpHeaders;
  /** The server's own address, as the client knows it. */
  readonly origin: string;
  /** Undefined if the body is not a form. */
  readonly parts: readonly Part[] | undefined;
}

export interface FormResponse {
  readonly status: number;
  readonly body: unknown;
}

/** Serves forms below /v1 by a function, and the files that its responses link to. */
export async function serveForms(
  respond: (request: FormRequest) => FormResponse | Promise<FormResponse>,
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<TestServer> {
  const server = await listen(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await buffer(request);
    const file = files.get(url);
    if (method === "GET" && file) return response.writeHead(200, { "content-type": "image/png" }).end(file);
    const isForm = headers["content-type"]?.startsWith("multipart/form-data");
    const form = { method, url, headers, body };
    // A body that can't be parsed is not a form.
    const parts = isForm ? await parseMultipart(form).catch(() => undefined) : undefined;
    const { status, body: result } = await respond({ headers, origin: `http://${headers.host}`, parts });
    return response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(result));
  });
  return { ...server, url: `${server.url}/v1` };
}

/** The text of the part with a name, if there is one. */
export function textOf(parts: readonly Part[], name: string): string | undefined {
  const part = parts.find((candidate) => candidate.name === name);
  return part && "text" in part ? part.text : undefined;
}

/** The bytes of the image, under any of its names. */
export function imageOf(parts: readonly Part[], ...names: readonly string[]): Uint8Array | undefined {
  const part = parts.find((candidate) => names.includes(candidate.name));
  return part && "bytes" in part ? part.bytes : undefined;
}
