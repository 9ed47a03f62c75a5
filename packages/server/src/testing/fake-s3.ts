import type { S3StoreOptions } from "../stores/s3/s3-store.ts";

/** A service that speaks as much of S3 as a store needs, behind a function in the place of fetch. */
export interface FakeS3 {
  readonly options: S3StoreOptions;
  readonly requests: Request[];
}

export function fakeS3({ failsWith }: { readonly failsWith?: number } = {}): FakeS3 {
  const objects = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly headers: Headers }>();
  const requests: Request[] = [];
  const respond = async (request: Request): Promise<Response> => {
    requests.push(request);
    if (failsWith !== undefined) {
      const body = request.method === "HEAD" ? null : "<Error><Code>AccessDenied</Code></Error>";
      return new Response(body, { status: failsWith, statusText: "Failed" });
    }
    const { pathname } = new URL(request.url);
    if (pathname === "/otters") return new Response(null);
    const object = objects.get(pathname);
    switch (request.method) {
      case "PUT":
        objects.set(pathname, { bytes: new Uint8Array(await request.arrayBuffer()), headers: request.headers });
        return new Response(null);
      case "DELETE":
        objects.delete(pathname);
        return new Response(null, { status: 204 });
      default: {
        if (!object) return new Response(request.method === "HEAD" ? null : "<Error/>", { status: 404 });
        const { bytes } = object;
        const headers = {
          "content-type": object.headers.get("content-type") ?? "",
          "x-amz-meta-expires-at": object.headers.get("x-amz-meta-expires-at") ?? "",
        };
        const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "") ?? [];
        const part = start === undefined ? bytes : bytes.slice(Number(start), Number(end) + 1);
        return new Response(request.method === "HEAD" ? null : part, {
          status: start === undefined ? 200 : 206,
          headers: { ...headers, "content-length": String(part.length) },
        });
      }
    }
  };
  return {
    requests,
    options: {
      endpoint: "https://s3.test",
      bucket: "otters",
      accessKeyId: "access",
      secretAccessKey: "secret",
      fetch: respond,
    },
  };
}
