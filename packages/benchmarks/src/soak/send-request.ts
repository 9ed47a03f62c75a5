import { randomInt } from "node:crypto";
import { request as open } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { requestBody } from "../server/request-body.ts";

/** What is sent. */
export type Kind = "base64" | "url" | "slow" | "aborted" | "bad";

/** What became of it: a status with its envelope, or how it ended otherwise. */
export type Outcome = "200" | "aborted" | "broken off" | "no connection" | "not the contract's words" | `${number}`;

export interface Sending {
  readonly kind: Kind;
  /** Names the request to the backend that counts. */
  readonly user: string;
  readonly n: number;
  /** The server to ask, and the other one. */
  readonly ports: readonly [number, number];
}

export interface Sent {
  readonly outcome: Outcome;
  /** The images' own ids, where URLs were asked for. */
  readonly files: readonly string[];
  /** Why it broke off. */
  readonly reason?: string;
  /** Whether the server could not be reached, and the other one was asked, or the same one again. */
  readonly wasRerouted: boolean;
}

interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** How long a client tries to connect, in milliseconds: longer than a server takes to restart. */
const connectPatience = 60_000;

/** Sends a request, as a program behind a load balancer would: a server that cannot be reached is passed over. */
export async function sendRequest(sending: Sending): Promise<Sent> {
  const end = performance.now() + connectPatience;
  for (let attempt = 0; ; attempt += 1) {
    const result = await tryServer(sending, sending.ports[attempt % 2] ?? 0);
    if (result.outcome !== "no connection" || performance.now() > end) return { ...result, wasRerouted: attempt > 0 };
    if (attempt > 0) await sleep(200);
  }
}

async function tryServer(sending: Sending, port: number): Promise<Omit<Sent, "wasRerouted">> {
  const controller = new AbortController();
  if (sending.kind === "aborted") setTimeout(() => controller.abort(), randomInt(1, 1_500));
  try {
    const reply = await post(sending, port, controller.signal);
    return await assess(sending, reply);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const outcome = controller.signal.aborted ? "aborted" : code === "ECONNREFUSED" ? "no connection" : "broken off";
    return { outcome, files: [], ...(outcome === "broken off" && { reason: message }) };
  }
}

function post({ kind, user, n }: Sending, port: number, signal: AbortSignal): Promise<Reply> {
  const fields = { n: String(kind === "bad" ? 11 : n), user, ...(kind !== "url" && { response_format: "b64_json" }) };
  const { contentType, bytes } = requestBody(20_000, fields);
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": contentType,
      "content-length": bytes.length,
      // Ten callers.
      authorization: `Bearer key-${user.slice(-1)}`,
    };
    const options = { port, host: "127.0.0.1", path: "/v1/images/variations", method: "POST", agent: false, signal };
    const sent = open({ ...options, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        if (response.complete) resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    sent.on("error", reject);
    // Nothing may be lost without a word: longer than every limit of the server.
    sent.setTimeout(90_000, () => sent.destroy(new Error("No word for 90 seconds.")));
    if (kind === "slow") void sendSlowly(sent, bytes);
    else sent.end(bytes);
  });
}

async function sendSlowly(sent: ReturnType<typeof open>, bytes: Buffer): Promise<void> {
  for (let offset = 0; offset < bytes.length; offset += 4_000) {
    sent.write(bytes.subarray(offset, offset + 4_000));
    await sleep(100);
  }
  sent.end();
}

async function assess(
  { kind, n, ports }: Sending,
  { status, headers, body }: Reply,
): Promise<Omit<Sent, "wasRerouted">> {
  const wrong = { outcome: "not the contract's words", files: [] } as const;
  const parsed = JSON.parse(body) as { data?: { url?: string; b64_json?: string }[]; error?: { message?: unknown } };
  if (status !== 200) {
    const needsWait = (status === 429 || status === 503) && !(Number(headers["retry-after"]) >= 1);
    // A bad request may be rejected for want of a place before it is read.
    const isExpected = status !== 400 || kind === "bad";
    const isContract = typeof parsed.error?.message === "string" && !needsWait && isExpected;
    return isContract ? { outcome: `${status}`, files: [] } : wrong;
  }
  if (kind === "bad" || parsed.data?.length !== n) return wrong;
  if (kind !== "url") return parsed.data.every(({ b64_json }) => b64_json) ? { outcome: "200", files: [] } : wrong;
  const paths = parsed.data.map(({ url = "" }) => new URL(url).pathname);
  // The URL of one server is fetched from the other one, if it runs.
  for (const path of paths) {
    const file = await fetch(`http://127.0.0.1:${ports[1]}${path}`).catch(() => undefined);
    if (file && file.status !== 200) return wrong;
    await file?.arrayBuffer().catch(() => {});
  }
  return { outcome: "200", files: paths.map((path) => path.replace(/^.*\/|\.\w+$/g, "")) };
}
