import { printable } from "../files/printable.ts";
import { failed, ok, skipped, type Diagnosis } from "./diagnosis.ts";

/** A server, and how it is asked. */
export interface ServerQuestion {
  /** With the version prefix, without a slash at its end. */
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly signal: AbortSignal;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** In milliseconds. @default 10,000 */
  readonly timeout?: number | undefined;
}

/** Whether a server responds, and whether it accepts the key. */
export interface ServerDiagnosis {
  readonly reachable: Diagnosis;
  readonly key: Diagnosis;
}

/** Asks a server for its models, which costs nothing, and needs the key if anything does. */
export async function checkServer({
  url,
  apiKey,
  signal,
  timeout = 10_000,
  ...seam
}: ServerQuestion): Promise<ServerDiagnosis> {
  const { fetch = globalThis.fetch } = seam;
  const started = performance.now();
  let response: Response;
  try {
    response = await fetch(`${url}/models`, {
      headers: { accept: "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      redirect: "manual",
    });
    await response.body?.cancel();
  } catch (error) {
    signal.throwIfAborted();
    return {
      reachable: unreachable(url, timeout, error as Error),
      key: skipped("The key can't be checked without a response."),
    };
  }
  const milliseconds = Math.round(performance.now() - started);
  const { status } = response;
  if (status >= 300 && status < 400) {
    const target = response.headers.get("location");
    const fix = target ? `Use its new address: ${printable(target.slice(0, 200))}` : "Use its new address.";
    return {
      reachable: failed(`${url} redirects (${status}).`, fix),
      key: skipped("The key was not sent to where it redirects."),
    };
  }
  if (status >= 500) {
    return {
      reachable: failed(`${url} responds with ${status}.`, "Read the server's log, or try again later."),
      key: skipped("The key can't be checked while the server fails."),
    };
  }
  return { reachable: ok(`${url} responds, in ${milliseconds} ms.`), key: keyOf(status, apiKey) };
}

function keyOf(status: number, apiKey: string | undefined): Diagnosis {
  if (status === 401 || status === 403) {
    return apiKey
      ? failed(`The server rejects the key (${status}).`, "Pass the right one: --api-key, or OPENAI_API_KEY.")
      : failed(`The server needs a key (${status}).`, "Pass it: --api-key, or better OPENAI_API_KEY.");
  }
  if (status >= 200 && status < 300) return ok(apiKey ? "The server accepts the key." : "The server needs no key.");
  return skipped(`The key can't be checked: the server has no list of models (${status}).`);
}

function unreachable(url: string, timeout: number, error: Error): Diagnosis {
  if (error.name === "TimeoutError") {
    return failed(`${url} did not respond in ${timeout / 1_000} s.`, "Check the URL, and that no firewall is between.");
  }
  let root: Error & { readonly code?: string } = error;
  while (root.cause instanceof Error) root = root.cause;
  const code = root.code ?? "";
  const reason = printable(code || root.message);
  return failed(`${url} can't be reached: ${reason}.`, fixes[code] ?? "Check the URL, and that the server runs.");
}

const fixes: Readonly<Record<string, string>> = {
  ENOTFOUND: "Check the name in the URL, and that this machine is online.",
  EAI_AGAIN: "Check that this machine is online.",
  ECONNREFUSED: "Start the server: image-variations serve",
  CERT_HAS_EXPIRED: "Renew the server's certificate.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Trust its certificate: NODE_EXTRA_CA_CERTS=file.pem",
  SELF_SIGNED_CERT_IN_CHAIN: "Trust its certificate: NODE_EXTRA_CA_CERTS=file.pem",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Trust its certificate: NODE_EXTRA_CA_CERTS=file.pem",
};
