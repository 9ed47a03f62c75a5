// The server of the benchmarks, in a process of its own: what it costs is in no figure.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { picture } from "./picture.ts";

const encode = (bytes: number): object => ({ b64_json: picture(bytes).toString("base64") });
const answerWith = (data: readonly object[]): Buffer => Buffer.from(JSON.stringify({ created: 1_778_544_000, data }));
const answers: Record<string, Buffer> = {
  "/small/images/variations": answerWith([{ url: "https://images.example.com/1.png" }]),
  "/picture/images/variations": answerWith([encode(1_000)]),
  "/pictures/images/variations": answerWith(Array.from({ length: 10 }, () => encode(4_000_000))),
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
