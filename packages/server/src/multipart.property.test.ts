import fc from "fast-check";
import { eventually } from "@image-variations/testing/eventually";
import { expect, test } from "vitest";
import { createHandler, type Metrics } from "./index.ts";
import { serve } from "./node.ts";
import { anyBody } from "./testing/any-multipart.ts";
import { openConnection, readUntil } from "./testing/raw-connection.ts";
import { stubBackend } from "./testing/stub-backend.ts";

const numRuns = Number(process.env["FAST_CHECK_RUNS"] ?? 2_000);
const url = "http://server.test/v1/images/variations";
const backend = stubBackend({ make: () => ({ bytes: Uint8Array.of(1, 2, 3), mediaType: "image/png" }) });

/** A status that says what was wrong with the request, if anything was, in the contract's envelope. */
function expectVerdict(status: number, text: string): void {
  expect(status).toBeOneOf([200, 400]);
  const body = JSON.parse(text) as { data?: object[]; error?: object };
  if (status === 200) expect(body.data!.length).toBeGreaterThanOrEqual(1);
  else expect(Object.keys(body.error!)).toEqual(["code", "message", "param", "type"]);
  // Nothing of a message may grow with what was sent.
  if (status === 400) expect(text.length).toBeLessThan(20_000);
}

test("in process, any body is accepted or rejected, and leaves nothing behind", async () => {
  const handler = createHandler({ backend, concurrency: 1, maxQueued: 0 });
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(anyBody, async ({ contentType, chunks }) => {
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      });
      // What a header cannot hold is not sent by anyone.
      fc.pre(/^[\t\x20-\x7e\x80-\xff]*$/.test(contentType));
      const response = await handler(url, { method: "POST", headers: { "content-type": contentType }, body });
      expectVerdict(response.status, await response.text());
      accepted += Number(response.status === 200);
      // With one place, a request that did not leave would make the next one a 429.
      expect(backend.state.active).toBe(0);
    }),
    { numRuns },
  );
  // Among so many, some are forms after all; else the property would say nothing of them.
  if (numRuns >= 500) expect(accepted).toBeGreaterThan(numRuns / 50);
});

test("on the wire, any body is accepted or rejected, and the server goes on", async () => {
  let queue = (): object => ({});
  const metrics: Metrics = {
    requestEnded() {},
    imageMade() {},
    observeQueue: (read) => void (queue = read),
    render: () => Promise.reject(new Error("No one asks.")),
  };
  const handler = createHandler({ backend });
  await using server = await serve({ handler, port: 0, logger: false, metrics });
  await fc.assert(
    fc.asyncProperty(anyBody, fc.boolean(), async ({ contentType, chunks }, chunked) => {
      fc.pre(/^[\t\x20-\x7e\x80-\xff]*$/.test(contentType));
      const socket = await openConnection(server.port);
      const length = chunks.reduce((total, chunk) => total + chunk.length, 0);
      const framing = chunked ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
      socket.write(
        `POST /v1/images/variations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: ${contentType}\r\n${framing}\r\n\r\n`,
        "latin1",
      );
      for (const chunk of chunks) {
        socket.write(
          chunked
            ? Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")])
            : chunk,
        );
      }
      if (chunked) socket.write("0\r\n\r\n");
      const text = await readUntil(socket);
      const [head = "", ...body] = text.split("\r\n\r\n");
      expectVerdict(Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), unchunk(head, body.join("\r\n\r\n")));
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  );
  await eventually(() => expect(queue()).toEqual({ running: 0, queued: 0 }));
});

/** The body of a response, without the sizes of its chunks. */
function unchunk(head: string, body: string): string {
  if (!/transfer-encoding: chunked/i.test(head)) return body;
  let text = "";
  for (let rest = body; ;) {
    const end = rest.indexOf("\r\n");
    const length = Number.parseInt(rest.slice(0, end), 16);
    if (!(length > 0)) return text;
    text += rest.slice(end + 2, end + 2 + length);
    rest = rest.slice(end + 4 + length);
  }
}
