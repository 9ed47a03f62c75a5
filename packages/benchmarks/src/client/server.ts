// The server of the benchmarks, in a process of its own: what it costs is in no figure.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { imageBytes } from "./image-bytes.ts";

const encode = (bytes: number): object => ({ b64_json: imageBytes(bytes).toString("base64") });
const responseWith = (data: readonly object[]): Buffer => Buffer.from(JSON.stringify({ created: 1_778_544_000, data }));
const responses: Record<string, Buffer> = {
  "/small/images/variations": responseWith([{ url: "https://images.example.com/1.png" }]),
  "/one-image/images/variations": responseWith([encode(1_000)]),
  "/ten-images/images/variations": responseWith(Array.from({ length: 10 }, () => encode(4_000_000))),
};

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const body = responses[request.url ?? ""] ?? Buffer.alloc(0);
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
