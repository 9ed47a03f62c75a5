// What the client must do in every runtime. No import but the client: this file is bundled and run as it is.
import OpenAI, {
  createClient,
  streamVariation,
  toFile,
  UnexpectedResponseError,
  type Uploadable,
} from "@image-variations/client";

/** A check by its name; it throws where the client does not keep it. */
export type ClientCheck = readonly [name: string, check: (server: string) => Promise<void>];

const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0xff, 0x0d, 0x0a, 0x2d, 0x2d]);
const image = (): File => new File([bytes], "otter.png", { type: "image/png" });

function client(server: string, behaviour: string, options: object = {}): OpenAI {
  return new OpenAI({ apiKey: "key", baseURL: `${server}/${behaviour}`, dangerouslyAllowBrowser: true, ...options });
}

function same(received: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(received), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("expected an error, got none");
}

interface Echo {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What reached the server. A body that is tried again has the same boundary, so its path names the check. */
async function echo(server: string, behaviour: string, source: Uploadable, options: object = {}): Promise<Echo> {
  const response = await client(server, behaviour).images.createVariation({ image: source, n: 2 }, options);
  const { headers } = response as unknown as { headers: Record<string, string> };
  const body = Uint8Array.from(atob(response.data![0]!.b64_json!), (character) => character.charCodeAt(0));
  return { headers, body };
}

/** The parts of a form, as the runtime's own parser reads them: of the image, its name, type and bytes. */
async function partsOf({ headers, body }: Echo): Promise<unknown> {
  const form = await new Response(body, { headers: { "content-type": headers["content-type"]! } }).formData();
  const file = form.get("image") as File;
  return [file.name, file.type, [...new Uint8Array(await file.arrayBuffer())], form.get("n")];
}

const sources: Readonly<Record<string, () => Uploadable>> = {
  "a File": image,
  "a Blob": () => new Blob([bytes]),
  bytes: () => bytes,
  "an ArrayBuffer": () => bytes.buffer,
  "a Response": () => new Response(bytes),
  "a stream": () => new Blob([bytes]).stream(),
  "an iterable": async function* chunks() {
    yield bytes.subarray(0, 3);
    yield bytes.subarray(3);
  } as never,
};

/** All checks, in the order in which they run. */
export const clientChecks: readonly ClientCheck[] = [
  ...Object.entries(sources).map(([name, source]): ClientCheck => [
    `sends ${name} as a PNG`,
    async (server) => {
      const received = await echo(server, "echo", source());
      const fileName = name === "a File" ? "otter.png" : "image.png";
      same(await partsOf(received), [fileName, "image/png", [...bytes], "2"], "parts");
      same(received.headers["content-length"], String(received.body.length), "content-length");
      same(received.headers["authorization"], "Bearer key", "authorization");
    },
  ]),
  [
    "tries again with the same bytes",
    async (server) => {
      const received = await echo(server, "busy/again", new Blob([bytes]).stream(), { idempotencyKey: "once" });
      same(await partsOf(received), ["image.png", "image/png", [...bytes], "2"], "parts");
      same(received.headers["idempotency-key"], "once", "idempotency-key");
    },
  ],
  [
    "tries again where a body breaks off",
    async (server) => {
      const { created } = await client(server, "half/again").images.createVariation({ image: image() });
      same(created, 1, "created");
    },
  ],
  [
    "throws the error of a rejected request, with all its fields",
    async (server) => {
      const error = await failure(client(server, "reject").images.createVariation({ image: image() }));
      const { status, code, param, type, message, requestID } = error as InstanceType<typeof OpenAI.APIError>;
      same(error instanceof OpenAI.BadRequestError, true, "class");
      const expected = [400, "c", "image", "invalid_request_error", "400 no", "req_1"];
      same([status, code, param, type, message, requestID], expected, "fields");
    },
  ],
  [
    "rejects a page whose status says success",
    async (server) => {
      const error = await failure(client(server, "page").images.createVariation({ image: image() }));
      same(error instanceof UnexpectedResponseError, true, String(error));
    },
  ],
  [
    "rejects a redirect that would lose the body",
    async (server) => {
      const error = await failure(client(server, "redirect").images.createVariation({ image: image() }));
      same(/^Redirect .* drops the request body/.test(error.message), true, error.message);
    },
  ],
  [
    "gives up when the time is over",
    async (server) => {
      const slow = client(server, "silence", { timeout: 50, maxRetries: 0 });
      const error = await failure(slow.images.createVariation({ image: image() }));
      same(error instanceof OpenAI.APIConnectionTimeoutError, true, String(error));
    },
  ],
  [
    "stops when the caller says so",
    async (server) => {
      const controller = new AbortController();
      const promise = client(server, "silence").images.createVariation(
        { image: image() },
        { signal: controller.signal },
      );
      setTimeout(() => controller.abort(), 20);
      const error = await failure(promise);
      same(error instanceof OpenAI.APIUserAbortError, true, String(error));
    },
  ],
  [
    "says that there is no connection",
    async () => {
      // A port that no server may listen on, and that every runtime blocks or fails to reach.
      const nowhere = client("http://127.0.0.1:1", "echo", { maxRetries: 0 });
      const error = await failure(nowhere.images.createVariation({ image: image() }));
      same(error instanceof OpenAI.APIConnectionError, true, String(error));
    },
  ],
  [
    "rejects a path, and names the fix",
    async (server) => {
      const error = await failure(client(server, "echo").images.createVariation({ image: "otter.png" as never }));
      same(error instanceof TypeError, true, String(error));
    },
  ],
  [
    "returns the response beside its value",
    async (server) => {
      const { data, response, request_id } = await client(server, "echo")
        .images.createVariation({ image: image() })
        .withResponse();
      same([data.created, response.status, request_id, data._request_id], [1, 200, "req_1", "req_1"], "response");
    },
  ],
  [
    "hands on each image while the response is still arriving",
    async (server) => {
      const images = streamVariation(client(server, "images"), { image: image() });
      const received: unknown[] = [];
      for await (const streamed of images) {
        const data = await streamed.bytes();
        received.push([streamed.index, data.length, data.every((byte) => byte === streamed.index)]);
      }
      same(
        received,
        [0, 1, 2].map((index) => [index, 3_000, true]),
        "images",
      );
      same((await images.finalResponse()).created, 1, "created");
    },
  ],
  [
    "fetches images that come as URLs, and follows where they lead",
    async (server) => {
      const images = streamVariation(client(server, "links"), { image: image(), n: 2 });
      const received: unknown[] = [];
      for await (const streamed of images) received.push([...(await streamed.bytes())]);
      same(received, [[...bytes], [...bytes]], "images");
    },
  ],
  [
    "sends what is at a URL",
    async (server) => {
      const received = await echo(server, "echo", new URL(`${server}/file/otter.png`));
      same(await partsOf(received), ["otter.png", "image/png", [...bytes], "2"], "parts");
    },
  ],
  [
    "says which option is invalid",
    async (server) => {
      const error = await failure(
        client(server, "echo").images.createVariation({ image: image() }, { maxRetries: NaN }),
      );
      same(error.message, "`maxRetries` must be a whole number, at least 0, got NaN.", "message");
    },
  ],
  [
    "makes a File of bytes",
    async () => {
      const file = await toFile(bytes, "a.png");
      same([file.name, file.type, file.size], ["a.png", "image/png", bytes.length], "file");
    },
  ],
  [
    "has a typed openapi-fetch client",
    async (server) => {
      const options = { apiKey: "key", baseURL: `${server}/echo`, dangerouslyAllowBrowser: true };
      const { data, error } = await createClient(options).POST("/images/variations", { body: { image: bytes } });
      same([data?.created, error], [1, undefined], "result");
    },
  ],
];
