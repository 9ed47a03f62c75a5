// The server of the benchmarks, in a process of its own: what it costs is in no figure.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { picture } from "./picture.ts";

const small = JSON.stringify({ created: 1_778_544_000, data: [{ url: "https://images.example.com/1.png" }] });
const encoded = picture(4_000_000).toString("base64");
const data = Array.from({ length: 10 }, () => ({ b64_json: encoded }));
const answers: Record<string, Buffer> = {
  "/small/images/variations": Buffer.from(small),
  "/pictures/images/variations": Buffer.from(JSON.stringify({ created: 1_778_544_000, data })),
};

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const answer = answers[request.url!]!;
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send!((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
