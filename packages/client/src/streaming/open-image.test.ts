import { describe, expect, it, vi } from "vitest";
import OpenAI, { streamVariation } from "../index.ts";
import { pngBytes } from "../testing/png-bytes.ts";

const image = pngBytes();
const start = "https://images.example/1.png";

interface Asked {
  readonly url: string;
  readonly redirect: unknown;
}

/** What fetching an image from its URL ends with, and what was asked for on the way. */
async function fetched(
  url: unknown,
  respond: (asked: Asked, count: number) => Response,
  options: OpenAI.ClientOptions = {},
): Promise<{ outcome: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const client = new OpenAI({
    apiKey: "key",
    maxRetries: 0,
    fetch: async (place, { method, redirect }) => {
      if (method === "POST") return Response.json({ created: 1, data: [{ url }] });
      asked.push({ url: place, redirect });
      return respond(asked.at(-1)!, asked.length);
    },
    ...options,
  });
  for await (const made of streamVariation(client, { image })) {
    const outcome = await made.bytes().then(
      (bytes) => `${bytes.length} bytes`,
      (error: unknown) => (error as Error).message,
    );
    return { outcome, asked };
  }
  throw new Error("expected an image, got none");
}

const whole = `${image.length} bytes`;
const redirect = (status: number, location?: string, body?: BodyInit): Response =>
  new Response(body, { status, headers: location === undefined ? {} : { location } });

describe("an image at a URL", () => {
  it.each([301, 302, 303, 307, 308])("is followed by a redirect with status %i, which is given up", async (status) => {
    const cancel = vi.fn();
    const { outcome, asked } = await fetched(start, (_, count) =>
      count === 1 ? redirect(status, "/2.png?a=1", new ReadableStream({ cancel }) as BodyInit) : new Response(image),
    );
    expect([outcome, asked.map(({ url }) => url)]).toEqual([whole, [start, "https://images.example/2.png?a=1"]]);
    expect(cancel).toHaveBeenCalledOnce();
  });

  it.each([
    [300, "/2.png"],
    [309, "/2.png"],
    [302, undefined],
    [404, "/2.png"],
  ])("is an error of status %i with the location %s, and nothing else is asked for", async (status, location) => {
    const { outcome, asked } = await fetched(start, () => redirect(status, location, "no"));
    expect([outcome, asked.length]).toEqual([`${status} no`, 1]);
  });

  it("is followed over twenty redirects, and no more", async () => {
    const after = (redirects: number) => (_: Asked, count: number) =>
      count <= redirects ? redirect(302, `/${count}.png`) : new Response(image);
    expect(await fetched(start, after(20))).toMatchObject({ outcome: whole, asked: { length: 21 } });
    const { outcome, asked } = await fetched(start, after(21));
    expect(outcome).toContain(`The 'url' of image 0 is ${start}, which redirects more than 20 times`);
    expect(asked).toHaveLength(21);
  });

  it("is asked for again, to be followed by the browser, where that does not tell of redirects", async () => {
    const opaque = { status: 0, headers: new Headers(), body: null } as Response;
    const { outcome, asked } = await fetched(start, (_, count) => (count === 1 ? opaque : new Response(image)));
    expect(outcome).toBe(whole);
    expect(asked).toEqual([
      { url: start, redirect: "manual" },
      { url: start, redirect: "follow" },
    ]);
    const rejected = await fetched(start, (_, count) => (count === 1 ? opaque : new Response("Gone", { status: 410 })));
    expect(rejected.outcome).toBe("410 Gone");
  });

  it.each([
    { url: 7, shown: "number" },
    { url: null, shown: "null" },
    { url: undefined, shown: "undefined" },
    { url: "", shown: "" },
    { url: `ftp://${"x".repeat(300)}`, shown: `ftp://${"x".repeat(194)}` },
    { url: "xhttp://a.example/", shown: "xhttp://a.example/" },
    { url: "https:", shown: "https:" },
  ])("is not fetched if its URL is not one: $shown", async ({ url, shown }) => {
    const { outcome, asked } = await fetched(url, () => new Response(image));
    expect(outcome).toMatch(`200 The 'url' of image 0 is ${shown}, which is not an http(s) URL (POST https://`);
    expect(asked).toEqual([]);
  });

  it("is not followed to what is not a URL, which is shown as it came", async () => {
    const { outcome } = await fetched(start, () => redirect(302, "http://["));
    expect(outcome).toContain("The 'url' of image 0 is http://[, which is not an http(s) URL");
  });

  const local = ["arpa", "corp", "home", "internal", "intranet", "lan", "local", "localhost"];
  it.each([
    ...local.flatMap((name) => [`a.${name}`, `b.a.${name}.`, name]),
    ..."printer 10.0.0.1 1.2.3.4. [fd00::1]".split(" "),
  ])("is not fetched from a host of a local network: %s", async (host) => {
    const { outcome, asked } = await fetched(`https://${host}/1.png`, () => new Response(image));
    expect(outcome).toMatch(/and `imageOrigins` does not allow https:/);
    expect(asked).toEqual([]);
  });

  it.each([
    ...local.flatMap((name) => [`${name}.example`, `my${name}.example`, `a.my${name}`]),
    ..."1.example 10.0.0.1.example a1.com".split(" "),
  ])("is fetched from a host of the internet: %s", async (host) => {
    expect((await fetched(`https://${host}/1.png`, () => new Response(image))).outcome).toBe(whole);
  });
});
