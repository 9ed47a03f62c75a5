import { Agent, request } from "node:http";
import type { RequestBody } from "./request-body.ts";

/** A server that is asked over a few connections that stay open. */
export interface Load extends Disposable {
  /** Sends requests, as many at once as there are connections, and reads every response to its end. */
  send(count: number): Promise<void>;
  /** Milliseconds until the first byte of a response's body, and until its last. */
  time(): Promise<{ readonly first: number; readonly last: number }>;
}

export function openLoad(url: string, { contentType, bytes }: RequestBody, connections = 4): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { authorization: "Bearer any", "content-type": contentType, "content-length": bytes.length };
  const time = (): Promise<{ first: number; last: number }> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const sent = request(url, { agent, method: "POST", headers }, (response) => {
        let first = Number.NaN;
        response.once("data", () => (first = performance.now() - started));
        response.on("error", reject).on("end", () => {
          if (response.statusCode === 200) resolve({ first, last: performance.now() - started });
          else reject(new Error(`${url} responded with ${response.statusCode}.`));
        });
      });
      sent.on("error", reject).end(bytes);
    });
  return {
    time,
    async send(count) {
      let left = count;
      const connection = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await time();
        }
      };
      await Promise.all(Array.from({ length: connections }, connection));
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
