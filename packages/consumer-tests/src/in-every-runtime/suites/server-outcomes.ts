import type { Backend } from "@image-variations/backends";
import { createHandler } from "@image-variations/server";

/** How a request ended: its status, and what its body says. */
export interface ServerOutcomes {
  readonly [name: string]: readonly [status: number, body: string];
}

/**
 * Asks the handler in process, with a backend that yields the image as it came.
 *
 * @param png A valid, square image.
 */
export default async function serverOutcomes(png: Uint8Array<ArrayBuffer>): Promise<ServerOutcomes> {
  const closed: string[] = [];
  const backend: Backend = {
    name: "mirror",
    async *createVariations({ image, n }) {
      for (let made = 0; made < n; made += 1) yield { bytes: image, mediaType: "image/png" };
    },
    close: async () => void closed.push("backend"),
  };
  const handler = createHandler({ backend, apiKeys: ["the-key"], now: () => 1_778_544_000_000 });
  const post = (fields: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>, key = "the-key") => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === "string") body.append(name, value);
      else body.append(name, new Blob([value], { type: "image/png" }), "image.png");
    }
    return new Request("http://server.test/v1/images/variations", {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body,
    });
  };
  const requests: readonly (readonly [name: string, request: Request])[] = [
    ["one URL", post({ image: png })],
    ["two images as base64", post({ image: png, n: "2", response_format: "b64_json" })],
    ["a size that is not offered", post({ image: png, size: "100x100" })],
    ["an image that is not one", post({ image: new Uint8Array([1, 2, 3]) })],
    ["an image whose pixels end early", post({ image: withoutMiddle(png) })],
    ["an unknown key", post({ image: png }, "another")],
    ["the document", new Request("http://server.test/v1/openapi.json")],
    ["a path that is not there", new Request("http://server.test/v1/otters")],
  ];
  const outcomes: Record<string, readonly [number, string]> = {};
  for (const [name, request] of requests) {
    const response = await handler(request);
    outcomes[name] = [response.status, await response.text()];
  }
  await handler.close();
  return { ...outcomes, "what close closes": [0, closed.join()] };
}

/** With one byte of its image data changed. */
function withoutMiddle(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const changed = png.slice();
  const middle = changed.length >> 1;
  changed[middle] = 255 - (changed[middle] ?? 0);
  return changed;
}
