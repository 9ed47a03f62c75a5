import { describe, expect, it } from "vitest";
import OpenAI from "../index.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = new File([pngBytes()], "otter.png", { type: "image/png" });
const home = "https://home.example/v1/images/variations";

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly credentials: unknown;
}

/** Sends a request to a server that redirects to one location after the other, and then makes what was asked for. */
async function redirected(
  redirects: readonly (readonly [status: number, location?: string | undefined])[],
  redirectOrigins: readonly string[] = [],
): Promise<{ sent: Sent[]; outcome: string }> {
  const sent: Sent[] = [];
  const client = new OpenAI({
    apiKey: "secret",
    baseURL: "https://home.example/v1",
    maxRetries: 0,
    redirectOrigins,
    organization: "org",
    fetch: async (url, init) => {
      const redirect = redirects[sent.length];
      sent.push({ url, headers: new Headers(init.headers), body: init.body, credentials: init.credentials });
      if (!redirect) return Response.json({ created: 1, data: [] });
      const [status, location] = redirect;
      const headers = new Headers(location === undefined ? {} : { location });
      // A browser's response to a redirect has a status of 0, which no other response has.
      if (status === 0) return { status, headers, body: null } as Response;
      return new Response(null, { status, headers });
    },
  });
  const options = { idempotencyKey: "once", headers: { "X-Mine": "mine" } };
  const outcome = await client.images.createVariation({ image }, options).then(
    () => "made",
    (error: unknown) => `${(error as Error).constructor.name}: ${(error as Error).message}`,
  );
  return { sent, outcome };
}

describe("a redirect", () => {
  it.each([307, 308])("with status %i to the same server sends the same request there", async (status) => {
    const { sent, outcome } = await redirected([[status, "../other?a=1"]]);
    expect(outcome).toBe("made");
    expect(sent.map(({ url }) => url)).toEqual([home, "https://home.example/v1/other?a=1"]);
    expect(sent[1]?.body).toBe(sent[0]?.body);
    expect([...(sent[1]?.headers ?? [])]).toEqual([...(sent[0]?.headers ?? [])]);
    expect(sent[1]?.headers.get("authorization")).toBe("Bearer secret");
    expect(sent[1]?.credentials).toBe(sent[0]?.credentials);
  });

  it("to a server that was named sends it without credentials", async () => {
    const { sent, outcome } = await redirected([[307, "https://other.example/make"]], ["https://other.example"]);
    expect(outcome).toBe("made");
    expect(sent[1]).toMatchObject({ url: "https://other.example/make", credentials: "omit" });
    expect(sent[1]?.body).toBe(sent[0]?.body);
    const kept = [...(sent[1]?.headers ?? [])].map(([name]) => name);
    expect(kept).toEqual(expect.arrayContaining(["content-type", "idempotency-key"]));
    for (const name of ["authorization", "openai-organization", "x-mine", "host"]) expect(kept).not.toContain(name);
    expect(sent[0]?.headers.get("x-mine")).toBe("mine");
  });

  it.each([
    [301, "/other", "Redirect with status 301 to https://home.example/other drops the request body"],
    [302, "/other", "Redirect with status 302 to https://home.example/other drops the request body"],
    [303, "/a?key=secret#x", "Redirect with status 303 to https://home.example/a drops the request body"],
    [306, "/other", "Redirect with status 306 to https://home.example/other drops the request body"],
    [0, undefined, "Redirect to an unknown URL drops the request body"],
    [0, "/other", "Redirect to https://home.example/other drops the request body"],
    [
      307,
      "https://other.example/a?b",
      "Redirect to https://other.example/a leads to another server, which `redirectOrigins` can allow",
    ],
    [
      308,
      "http://home.example/a",
      "Redirect to http://home.example/a leads to another server, which `redirectOrigins` can allow",
    ],
    [307, "http://", "Redirect to http:// leads to another server, which `redirectOrigins` can allow"],
  ])("with status %i to %s is rejected", async (status, location, message) => {
    const { sent, outcome } = await redirected([[status, location]]);
    expect(outcome).toBe(`OpenAIError: ${message} (POST ${home})`);
    expect(sent).toHaveLength(1);
  });

  it("is followed five times, and no more", async () => {
    const five = Array.from({ length: 5 }, (_, index) => [307, `/r${index + 1}`] as const);
    expect(await redirected(five)).toMatchObject({ outcome: "made", sent: { length: 6 } });
    const { sent, outcome } = await redirected([...five, [308, "/r6"]]);
    expect(outcome).toBe(
      "OpenAIError: Too many redirects (5), the last one to https://home.example/r6 (POST https://home.example/r5)",
    );
    expect(sent).toHaveLength(6);
  });

  it.each([
    [300, "/other"],
    [309, "/other"],
    [307, undefined],
  ])("is not what a response with status %i and the location %s is", async (status, location) => {
    const { sent, outcome } = await redirected([[status, location]]);
    expect(outcome).toMatch(new RegExp(`^APIError: ${status} `));
    expect(sent).toHaveLength(1);
  });
});
