import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on a port of its own, for as long as the test works with it. */
export async function listen<Value>(
  response: RequestListener,
  use: (origin: string, server: Server) => Promise<Value>,
): Promise<Value> {
  const server = createServer(response).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
}
