/** One call of the fake, read so that a test can look at it. */
export interface ObservedRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly headers: Headers;
  /** The body as the platform's own multipart parser reads it. */
  form(): Promise<FormData>;
}

/** A `fetch` that answers from a list, the last answer again and again, and remembers what it was asked. */
export function observedFetch(...answers: readonly ((init: RequestInit) => Response | Promise<Response>)[]): {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  requests: ObservedRequest[];
} {
  const requests: ObservedRequest[] = [];
  return {
    requests,
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      requests.push({ url, init, headers, form: () => new Response(init.body, { headers }).formData() });
      return answers[Math.min(requests.length, answers.length) - 1]!(init);
    },
  };
}

/** An answer in JSON. */
export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): () => Response {
  return () => Response.json(body, { status, headers: { "x-request-id": "req_1", ...headers } });
}
