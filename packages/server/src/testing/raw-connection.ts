import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { formOf, type FormFields } from "./post-form.ts";

/** Opens a connection that speaks no HTTP of its own. */
export async function openConnection(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** All that comes until the other side closes, or until `isEnough`. */
export async function readUntil(socket: Socket, isEnough: (text: string) => boolean = () => false): Promise<string> {
  let text = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += (chunk as Buffer).toString("latin1");
    if (isEnough(text)) break;
  }
  return text;
}

/** A whole request for variations as it is on the wire, with its head and body apart. */
export async function rawRequest(fields: FormFields = {}): Promise<{ head: string; body: Uint8Array }> {
  const request = new Request("http://server.test/", { method: "POST", body: formOf(fields) });
  const body = new Uint8Array(await request.arrayBuffer());
  const head =
    "POST /v1/images/variations HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
    `Content-Type: ${request.headers.get("content-type")}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return { head, body };
}
