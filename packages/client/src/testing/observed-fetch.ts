/** One call of the fake, read so that a test can look at it. */
export interface ObservedRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
  /** The body as the platform's own multipart parser reads it. */
  form(): Promise<FormData>;
}

/** A `fetch` that responds from a list, the last response again and again, and records its requests. */
export function observedFetch(...responses: readonly ((init: RequestInit) => Response | Promise<Response>)[]): {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  requests: ObservedRequest[];
} {
  const requests: ObservedRequest[] = [];
  return {
    requests,
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      requests.push({ url, init, headers, form: () => new Response(init.body, { headers }).formData() });
      return responses[Math.min(requests.length, responses.length) - 1]!(init);
    },
  };
}

/** A response in JSON. */
export function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): () => Response {
  return () => Response.json(body, { status, headers: { "x-request-id": "req_1", ...headers } });
}
