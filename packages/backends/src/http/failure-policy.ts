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
  /**
   * The parameters that come from our caller: what the target says about them, the caller should hear. Empty if its 400 is
   * always about how the backend is set up.
   */
  readonly callerParameters: ReadonlySet<string>;
}

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
export function toBackendError(failure: Failure, { label, callerParameters }: FailureContext): BackendError {
  const { status, message, code, type, param, request, retryAfter } = failure;
  const after = retryAfter === undefined ? {} : { retryAfter };
  const isOfCaller = callerParameters.size > 0 && (param === undefined || callerParameters.has(param));
  const isMissingModel = code === "model_not_found" && callerParameters.has("model");
  const hint = code === undefined || isMissingModel ? undefined : setupCodes[code];

  if (isMissingModel || (!hint && isOfCaller && (status === 400 || status === 413))) {
    return new BackendError(message ?? `${label} rejected the request.`, {
      status: 400,
      code: code ?? null,
      param: isMissingModel ? "model" : (param?.replace("[]", "") ?? null),
      type: type ?? "invalid_request_error",
    });
  }
  if (!hint && status === 429) {
    const text = message ?? `${label} has too many requests.`;
    return new BackendError(text, { status, code: code ?? "rate_limit_exceeded", type: type ?? "requests", ...after });
  }
  const fallback: Policy = status >= 500 ? { status: 502 } : { status: 502, fix: "Check how the backend is set up." };
  const policy: Policy = hint ? { status: isBilling(code) ? 503 : 502, fix: hint } : (policies[status] ?? fallback);
  const said = `${label} responded with status ${status} to ${request}${message ? `: ${message}` : "."}`;
  return new BackendError(withFix(said, policy.fix), {
    status: policy.status,
    code: policy.code ?? (hint ? (code ?? null) : null),
    ...after,
  });
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
