/** Which bucket of which service, and who asks for it. */
export interface S3Connection {
  /** The service's URL, such as `https://s3.eu-central-1.amazonaws.com`. The bucket comes after it in the path. */
  readonly endpoint: string;
  readonly bucket: string;
  /** @default "us-east-1" */
  readonly region?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default none */
  readonly sessionToken?: string;
  /** How long the service may take for one attempt of a request, in milliseconds. @default 30000 */
  readonly timeout?: number;
  /** Sends the requests, signed. @default the global fetch */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** What a request has beside its method and its key. */
export interface S3Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A bucket, by signed requests. */
export interface S3Client {
  /**
   * Sends a request. What may pass, such as 503 Slow Down and a broken connection, is tried three times.
   *
   * @returns A response with 2xx or 404; who asks for it reads or cancels its body.
   * @throws Error with method, URL, status and the service's words.
   */
  send(method: string, key: string, request?: S3Request): Promise<Response>;
  /**
   * A URL by which anyone may read an object for a while.
   *
   * @param lifetime In milliseconds, at most 7 days: S3 signs for no longer.
   * @param endpoint The service as its readers reach it.
   */
  presign(key: string, options: { readonly lifetime: number; readonly endpoint?: string }): Promise<string>;
  /** Names the bucket in errors. */
  readonly name: string;
}

const attempts = 3;
const passing: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** @throws TypeError if the endpoint is not an http or https URL. */
export function createS3Client(connection: S3Connection): S3Client {
  const { endpoint, bucket, region = "us-east-1", timeout = 30_000 } = connection;
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    throw new TypeError(`endpoint must be an http or https URL, got ${JSON.stringify(endpoint)}.`);
  }
  const { accessKeyId, secretAccessKey, sessionToken } = connection;
  const transport = connection.fetch ?? ((request: Request) => fetch(request));

  let signing: ReturnType<typeof loadSigner> | undefined;
  const loadSigner = async () => {
    const { AwsClient } = await import("aws4fetch");
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
    return new AwsClient({ ...credentials, region, service: "s3" });
  };
  const urlOf = (key: string, query: Readonly<Record<string, string>> = {}, base = endpoint): URL => {
    const path = key.split("/").map(encodeURIComponent).join("/");
    const url = new URL(`${base.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}${path && `/${path}`}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  };

  const sendOnce = async (method: string, url: URL, { headers = {}, body, signal }: S3Request): Promise<Response> => {
    const client = await (signing ??= loadSigner());
    // Signed for each attempt: a signature holds for minutes alone.
    const request = await client.sign(url.href, { method, headers, ...(body && { body }) });
    const limits = [AbortSignal.timeout(timeout), ...(signal ? [signal] : [])];
    return transport(new Request(request, { signal: AbortSignal.any(limits) }));
  };

  return {
    name: `The bucket ${bucket} at ${endpoint}`,
    async send(method, key, request = {}) {
      const url = urlOf(key, request.query);
      for (let attempt = 1; ; attempt += 1) {
        const isLast = attempt === attempts || request.signal?.aborted;
        const result = await sendOnce(method, url, request).catch((error: unknown) => error as Error);
        request.signal?.throwIfAborted();
        if (result instanceof Response && (result.ok || result.status === 404)) return result;
        const failed = await describeFailure(`${method} ${url.origin}${url.pathname}`, result);
        if (isLast || (result instanceof Response && !passing.has(result.status))) throw failed;
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random() / 2)));
      }
    },
    async presign(key, { lifetime, endpoint: base = endpoint }) {
      const url = urlOf(key, { "X-Amz-Expires": String(Math.max(1, Math.ceil(lifetime / 1_000))) }, base);
      const client = await (signing ??= loadSigner());
      return (await client.sign(url.href, { aws: { signQuery: true } })).url;
    },
  };
}

async function describeFailure(request: string, result: Response | Error): Promise<Error> {
  if (result instanceof Error) return new Error(`${request} failed: ${result.message}`, { cause: result });
  const text = (await result.text().catch(() => "")).slice(0, 500);
  return new Error(`${request} failed: ${result.status} ${result.statusText} ${text}`.trim());
}
