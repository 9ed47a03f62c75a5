import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { listen, type TestServer } from "@image-variations/testing/listen";
import { root } from "../repository/repository.ts";

const image = readFileSync(join(root, "assets/otter-32.png"));

/**
 * Starts a server for the programs of the docs: it responds to every form as the contract does, with the otter for each
 * image, and only reads two fields.
 */
export function startDocsServer(): Promise<TestServer> {
  return listen(async (request, response) => {
    const form = await text(request);
    if (request.method === "GET") return response.writeHead(200, { "content-type": "image/png" }).end(image);
    const field = (name: string): string | undefined => new RegExp(`name="${name}"\r\n\r\n(.*)\r\n`).exec(form)?.[1];
    const item =
      field("response_format") === "b64_json"
        ? { b64_json: image.toString("base64") }
        : { url: `http://${request.headers.host}/otter.png` };
    const data = Array.from({ length: Number(field("n") ?? 1) }, () => item);
    const headers = { "content-type": "application/json", "x-request-id": "req_of_the_docs" };
    return response.writeHead(200, headers).end(JSON.stringify({ created: 1_778_544_000, data }));
  });
}
