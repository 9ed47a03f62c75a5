import type * as index from "@image-variations/client";
import type * as node from "@image-variations/client/node";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Makes one call of a server, in one of the ways that are compared, with an image as `fs.readFile` gives it. */
export type Call = (image: Buffer<ArrayBuffer>) => Promise<unknown>;

const type = "image/png";

/** Programs that come as far as a client that is ready. Plain JavaScript, because Node would strip types at some cost. */
export const starters: Readonly<Record<string, string>> = {
  "empty Node": "start/empty-node.js",
  openai: "start/openai.js",
  ours: "start/ours.js",
  "ours, ./node": "start/ours-node.js",
};

/** Ways to make a call. */
export const subjects: Readonly<Record<string, (baseURL: string) => Promise<Call>>> = {
  openai: async (baseURL) => {
    const { default: OpenAI, toFile } = await import("openai");
    const client = new OpenAI({ apiKey: "key", baseURL });
    return async (image) => client.images.createVariation({ image: await toFile(image, "otter.png", { type }) });
  },

  "fetch and FormData": async (baseURL) => async (image) => {
    const body = new FormData();
    body.set("image", new Blob([image], { type }), "otter.png");
    const headers = { authorization: "Bearer key" };
    const response = await fetch(`${baseURL}/images/variations`, { method: "POST", body, headers });
    return response.json();
  },

  /** Not a peer, but the floor: the least that any client over `node:http` costs, without a form. */
  "bare node:http": async (baseURL) => {
    const { Agent, request } = await import("node:http");
    const agent = new Agent({ keepAlive: true });
    const url = new URL(`${baseURL}/images/variations`);
    return (image) => {
      const headers = { authorization: "Bearer key", "content-type": type, "content-length": image.length };
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const outgoing = request(url, { method: "POST", agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve(JSON.parse(text)));
      });
      outgoing.on("error", reject);
      outgoing.end(image);
      return promise;
    };
  },

  "ours, fetch": async (baseURL) => {
    const { ImageVariations } = await importIndex();
    const client = new ImageVariations({ apiKey: "key", baseURL });
    return (image) => client.images.createVariation({ image });
  },

  "ours, ./node": async (baseURL) => {
    const [{ ImageVariations }, { nodeTransport }] = await Promise.all([importIndex(), importNode()]);
    const client = new ImageVariations({ apiKey: "key", baseURL, transport: nodeTransport() });
    return (image) => client.images.createVariation({ image });
  },
};

/** Kinds of source, each made of the bytes of an image at a path; a stream is made for every call. */
const sources: Readonly<
  Record<string, (image: Buffer<ArrayBuffer>, path: string) => () => Blob | Buffer<ArrayBuffer>>
> = {
  bytes: (image) => () => image,
  File: (image) => {
    const file = new File([image], "otter.png", { type });
    return () => file;
  },
  Blob: (image) => {
    const blob = new Blob([image], { type });
    return () => blob;
  },
  "web stream": (image) => {
    const blob = new Blob([image], { type });
    return () => blob.stream() as never;
  },
  Response: (image) => () => new Response(image) as never,
  createReadStream: (_, path) => () => createReadStream(path) as never,
};

/** What a program without a client has to do with each kind of source. */
const toBlob = async (source: unknown): Promise<Blob> => {
  if (source instanceof Blob) return source;
  if (source instanceof Uint8Array) return new Blob([source as Uint8Array<ArrayBuffer>], { type });
  const response = source instanceof Response ? source : new Response(source as ReadableStream);
  return new Blob([await response.arrayBuffer()], { type });
};

/** Ways to make a call with one kind of source: the peer, and ours. */
export const uploads: Readonly<Record<string, (baseURL: string, path: string) => Promise<Call>>> = Object.fromEntries(
  Object.entries(sources).flatMap(([kind, prepare]) => [
    [
      `fetch and FormData, ${kind}`,
      async (baseURL: string, path: string) => {
        let make: (() => unknown) | undefined;
        return async (image: Buffer<ArrayBuffer>) => {
          make ??= prepare(image, path);
          const body = new FormData();
          body.set("image", await toBlob(make()), "otter.png");
          const headers = { authorization: "Bearer key" };
          return (await fetch(`${baseURL}/images/variations`, { method: "POST", body, headers })).json();
        };
      },
    ],
    [
      `ours, ${kind}`,
      async (baseURL: string, path: string) => {
        const { ImageVariations } = await importIndex();
        const client = new ImageVariations({ apiKey: "key", baseURL });
        let make: (() => unknown) | undefined;
        return async (image: Buffer<ArrayBuffer>) => {
          make ??= prepare(image, path);
          return client.images.createVariation({ image: make() as never });
        };
      },
    ],
  ]),
);

/** The kinds of source that calls are measured with. */
export const kindsOfSource: readonly string[] = Object.keys(sources);

/** Ways to make a call, and to save the images to a directory. */
export const savers: Readonly<Record<string, (baseURL: string, directory: string) => Promise<Call>>> = {
  openai: async (baseURL, directory) => {
    const { default: OpenAI, toFile } = await import("openai");
    const client = new OpenAI({ apiKey: "key", baseURL });
    return async (image) => {
      const file = await toFile(image, "otter.png", { type });
      const { data = [] } = await client.images.createVariation({ image: file, n: 10 });
      for (const [index, { b64_json }] of data.entries()) {
        await writeFile(join(directory, `${index}.png`), Buffer.from(b64_json!, "base64"));
      }
    };
  },

  /** Not a peer, but the floor: what `fetch` takes to hand on the response, to somebody who does nothing with it. */
  "bare fetch, nothing saved": async (baseURL) => async (image) => {
    const { body } = await fetch(`${baseURL}/images/variations`, { method: "POST", body: image });
    const reader = body!.getReader();
    while (!(await reader.read()).done);
  },

  "ours, streamVariation over fetch": async (baseURL, directory) => {
    const { ImageVariations, streamVariation } = await importIndex();
    const client = new ImageVariations({ apiKey: "key", baseURL });
    return async (image) => {
      for await (const made of streamVariation(client, { image, n: 10 })) {
        await writeFile(join(directory, `${made.index}.png`), await made.bytes());
      }
    };
  },

  "ours, saveVariation over fetch": async (baseURL, directory) => {
    const [{ ImageVariations }, { saveVariation }] = await Promise.all([importIndex(), importNode()]);
    const client = new ImageVariations({ apiKey: "key", baseURL });
    return (image) => saveVariation(client, { image, n: 10 }, { directory });
  },

  "ours, saveVariation over ./node": async (baseURL, directory) => {
    const [{ ImageVariations }, { nodeTransport, saveVariation }] = await Promise.all([importIndex(), importNode()]);
    const client = new ImageVariations({ apiKey: "key", baseURL, transport: nodeTransport() });
    return (image) => saveVariation(client, { image, n: 10 }, { directory });
  },
};

/** What is measured is what is published: the built package. */
async function importIndex(): Promise<typeof index> {
  return import("@image-variations/client");
}

async function importNode(): Promise<typeof node> {
  return import("@image-variations/client/node");
}
