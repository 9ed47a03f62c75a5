import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Backend, VariationRequest } from "@image-variations/backends";
import { createHandler, type ApiKeys } from "@image-variations/server";
import { serve } from "@image-variations/server/node";
import { onTestFinished } from "vitest";

/** A backend that gives the image back, and keeps what it was asked for. */
export function echoBackend(): Backend & { readonly requests: VariationRequest[] } {
  const requests: VariationRequest[] = [];
  return {
    name: "echo",
    requests,
    async *createVariations(request) {
      requests.push(request);
      for (let index = 0; index < request.n; index += 1) yield { bytes: request.image, mediaType: "image/png" };
    },
  };
}

/** The server of this project until the test has finished. @returns Its base URL. */
export async function startServer(options: { readonly backend: Backend; readonly apiKeys?: ApiKeys }): Promise<string> {
  const server = await serve({ handler: createHandler(options), port: 0, logger: false, metrics: false });
  onTestFinished(() => server.close());
  return `${server.url}/v1`;
}

/** Any server until the test has finished. @returns Its base URL. */
export async function startAnyServer(respond: RequestListener): Promise<string> {
  const server = createServer(respond).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** A server that sends as many images whole, the beginning of the next, and then breaks off. */
export function startDyingServer(images: number, image: Uint8Array): Promise<string> {
  return startAnyServer(async (request, response) => {
    await readAll(request);
    const entry = `{"b64_json":"${Buffer.from(image).toString("base64")}"}`;
    const whole = Array.from({ length: images }, () => entry);
    response.writeHead(200, { "content-type": "application/json" });
    response.write(`{"created":1,"data":[${[...whole, entry.slice(0, 80)].join(",")}`, () =>
      // What was written is on its way before the connection breaks.
      setImmediate(() => request.socket.destroySoon()),
    );
  });
}

/** The body of a request, so that its sender is done before the response begins. */
export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
