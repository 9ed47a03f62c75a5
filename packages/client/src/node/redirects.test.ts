import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { nodeTransport } from "../node.ts";
import { listen } from "../testing/listen.ts";
import type { TransportRequest } from "../transport/transport.ts";

const get = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: "GET",
  url,
  headers: new Map([["authorization", "Bearer key"]]),
  ...more,
});

/** Redirects `/` with a status, and says elsewhere where the request arrived. */
function redirecting(status: number, location = "/elsewhere"): RequestListener {
  return (request, response) => {
    request.resume();
    if (request.url === "/") response.writeHead(status, { location }).end();
    else response.end(`${request.url} ${request.headers.authorization ?? "no key"}`);
  };
}

async function textOf(request: TransportRequest): Promise<[status: number, text: string]> {
  using transport = nodeTransport();
  const response = await transport(request);
  const parts: Uint8Array[] = [];
  for await (const part of response.chunks()) parts.push(part);
  return [response.status, Buffer.concat(parts).toString()];
}

describe("nodeTransport, without a body,", () => {
  it.each([301, 302, 303, 307, 308])("follows a redirect with the status %i, with the key", async (status) => {
    await listen(redirecting(status), async (origin) => {
      expect(await textOf(get(`${origin}/`))).toEqual([200, "/elsewhere Bearer key"]);
    });
  });

  it.each([201, 300, 309, 400])("returns a response with the status %i and a location as it is", async (status) => {
    await listen(redirecting(status), async (origin) => {
      expect(await textOf(get(`${origin}/`))).toEqual([status, ""]);
    });
  });

  it("returns a redirect without a location as it is", async () => {
    await listen(
      (_, response) => void response.writeHead(302).end("nowhere"),
      async (origin) => {
        expect(await textOf(get(`${origin}/`))).toEqual([302, "nowhere"]);
      },
    );
  });

  it("returns a redirect as it is, if it is asked not to follow any", async () => {
    await listen(redirecting(302), async (origin) => {
      expect(await textOf(get(`${origin}/`, { redirect: "manual" }))).toEqual([302, ""]);
    });
  });

  it("sends no key to another origin", async () => {
    await listen(redirecting(302), async (elsewhere) => {
      await listen(redirecting(302, `${elsewhere}/elsewhere`), async (origin) => {
        expect(await textOf(get(`${origin}/`))).toEqual([200, "/elsewhere no key"]);
      });
    });
  });

  it("follows twenty redirects, and says that one more is too many", async () => {
    const counting: RequestListener = (request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.end("here");
    };
    await listen(counting, async (origin) => {
      expect(await textOf(get(`${origin}/20`))).toEqual([200, "here"]);
      await expect(textOf(get(`${origin}/21`))).rejects.toMatchObject({
        cause: expect.objectContaining({ message: "Too many redirects (20)." }) as Error,
      });
    });
  });

  it("names a location that is not a URL", async () => {
    await listen(redirecting(302, "http://"), async (origin) => {
      await expect(textOf(get(`${origin}/`))).rejects.toMatchObject({
        cause: expect.objectContaining({ message: "Invalid redirect URL: http://." }) as Error,
      });
    });
  });
});

describe("nodeTransport, with a body,", () => {
  it("returns a redirect as it is", async () => {
    await listen(redirecting(307), async (origin) => {
      const body = new Uint8Array([1, 2, 3]);
      expect(await textOf(get(`${origin}/`, { method: "POST", body }))).toEqual([307, ""]);
    });
  });
});

it("rejects a URL that is not HTTP, and names its protocol", async () => {
  using transport = nodeTransport();
  for (const url of ["ftp://127.0.0.1/", "file:///otter.png"]) {
    const [protocol] = url.split("/");
    await expect(transport(get(url))).rejects.toThrow(
      new RegExp(`^Invalid request: unsupported protocol ${protocol} \\(GET `),
    );
  }
});
