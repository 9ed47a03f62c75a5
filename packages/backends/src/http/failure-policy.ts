import { BackendError } from "../backend-error.ts";
import type { FailureDetails } from "./failure-details.ts";

/** A request that a target did not carry out, as far as an error says it. */
export interface Failure extends FailureDetails {
  readonly status: number;
  /** The method and the URL, without credentials. */
  readonly request: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/** What is the same for all failures of a target. */
export interface FailureContext {
  /** Who failed, as the beginning of a sentence: `ComfyUI`. */
  readonly label: string;
  /** Whether a 400 is about what our caller sent, such as a prompt, rather than about how the backend is set up. */
  readonly forwardsCallerInput: boolean;
}

/** Parameters that come from our caller: what a target says about them, the caller should hear. */
const callerParameters: ReadonlySet<string> = new Set([
  "image",
  "image[]",
  "prompt",
  "n",
  "size",
  "user",
  "seed",
  "strength",
]);

/** Codes of a 400, 403 or 429 that only who runs the backend can do something about. */
const setupCodes: { readonly [code: string]: string } = {
  billing_hard_limit_reached: "Raise the limit of the account.",
  insufficient_quota: "Add credit to the account.",
  model_not_found: "Set `model` to one that it has.",
  unknown_parameter: "Check `target` and `fields`: it does not know a parameter that was sent.",
  unsupported_parameter: "Check `target` and `fields`: it does not support a parameter that was sent.",
};

/**
 * The error that our caller gets for a failure of the target.
 *
 * The caller's own mistakes (400, 413) and the caller's own pace (429) pass through. Credentials, models, URLs and parameters
 * are set up by who runs the backend: a 401 because of them must not look as if the caller's key were wrong, so it is a 502.
 */
export function toBackendError(failure: Failure, { label, forwardsCallerInput }: FailureContext): BackendError {
  const { status, message, code, type, param, request, retryAfter } = failure;
  const hint = code === undefined ? undefined : setupCodes[code];
  const said = `${label} responded with status ${status} to ${request}${message ? `: ${message}` : "."}`;
  const after = retryAfter === undefined ? {} : { retryAfter };

  if (hint) return new BackendError(withFix(said, hint), { status: isBilling(code) ? 503 : 502, code: code ?? null });
  if (status === 429) {
    const text = message ?? `${label} has too many requests.`;
    return new BackendError(text, { status, code: code ?? "rate_limit_exceeded", type: type ?? "requests", ...after });
  }
  const isAboutCaller = param === undefined || callerParameters.has(param);
  if (forwardsCallerInput && (status === 400 || status === 413) && isAboutCaller) {
    return new BackendError(message ?? `${label} rejected the request.`, {
      status: 400,
      code: code ?? null,
      param: param?.replace("[]", "") ?? null,
      type: type ?? "invalid_request_error",
    });
  }
  const policy =
    policies[status] ?? (status >= 500 ? { status: 502 } : { status: 502, fix: "Check how the backend is set up." });
  return new BackendError(withFix(said, policy.fix), { status: policy.status, code: policy.code ?? null, ...after });
}

interface Policy {
  readonly status: number;
  readonly code?: string;
  readonly fix?: string;
}

const credentials: Policy = {
  status: 502,
  code: "backend_unauthorized",
  fix: "These are the backend's own credentials, not the caller's: who runs it must check them.",
};
const setup: Policy = { status: 502, fix: "Check `baseURL` and `model`." };

const policies: { readonly [status: number]: Policy } = {
  400: { status: 502, fix: "Check how the backend is set up." },
  401: credentials,
  402: { status: 503, fix: "Add credit to the account." },
  403: credentials,
  404: setup,
  405: setup,
  407: credentials,
  408: { status: 504 },
  409: { status: 503 },
  410: setup,
  422: { status: 502, fix: "Check `target` and `fields`: it rejects the form of the request." },
  503: { status: 503 },
  504: { status: 504 },
};

function isBilling(code: string | undefined): boolean {
  return code === "billing_hard_limit_reached" || code === "insufficient_quota";
}

function withFix(said: string, fix: string | undefined): string {
  return fix ? `${/[.!?…]$/.test(said) ? said : `${said}.`} ${fix}` : said;
}
