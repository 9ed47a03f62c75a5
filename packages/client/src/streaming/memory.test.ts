// The memory of streamVariation is bounded by what it keeps, whatever the JSON: at most 64 MiB above the process for any
// response up to maxResponseBytes, each in a process of its own.
import { fork } from "node:child_process";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { describe, expect, it } from "vitest";
import { listen } from "../testing/listen.ts";

const limit = 64 * 1_048_576;
const size = 120_000_000;

interface Shape {
  readonly what: string;
  readonly start?: string;
  readonly repeat: string;
  readonly end?: string;
  readonly outcome: "resolved" | "UnexpectedResponseError";
}

const image = '{"b64_json":"';
const unexpected = "UnexpectedResponseError";

const shapes: readonly Shape[] = [
  { what: "one image", start: `{"data":[${image}`, repeat: "AAAA", end: '"}]}', outcome: "resolved" },
  { what: "an image of escapes", start: `{"data":[${image}`, repeat: "\\/", end: '"}]}', outcome: "resolved" },
  { what: "an image of long escapes", start: `{"data":[${image}`, repeat: "\\u0041", end: '"}]}', outcome: "resolved" },
  { what: "empty texts", start: '{"x":[', repeat: '"",', end: '0],"data":[]}', outcome: unexpected },
  { what: "empty objects", start: '{"x":[', repeat: "{},", end: '0],"data":[]}', outcome: unexpected },
  { what: "empty lists", start: '{"x":[', repeat: "[],", end: '0],"data":[]}', outcome: unexpected },
  { what: "empty objects as images", start: '{"data":[', repeat: "{},", end: "{}]}", outcome: unexpected },
  { what: "empty lists as images", start: '{"data":[', repeat: "[],", end: "[]]}", outcome: unexpected },
  { what: "texts as images", start: '{"data":[', repeat: '"a",', end: '""]}', outcome: unexpected },
  { what: "numbers", start: '{"x":[', repeat: "1.5,", end: '0],"data":[]}', outcome: unexpected },
  { what: "names", start: "{", repeat: '"a":1,', end: '"data":[]}', outcome: unexpected },
  {
    what: "names of an image",
    start: '{"data":[{',
    repeat: '"a":1,',
    end: '"b64_json":"AAAA"}]}',
    outcome: unexpected,
  },
  { what: "one long text", start: '{"x":"', repeat: "otter ", end: '","data":[]}', outcome: unexpected },
  { what: "a long prompt", start: '{"data":[{"revised_prompt":"', repeat: "otter ", end: '"}]}', outcome: unexpected },
  { what: "one long name", start: '{"', repeat: "otter ", end: '":1,"data":[]}', outcome: unexpected },
  { what: "depth", start: '{"x":', repeat: "[", outcome: unexpected },
  { what: "depth of objects", start: '{"x":', repeat: '{"a":', outcome: unexpected },
  { what: "colons", start: '{"data":[', repeat: ":", outcome: unexpected },
  { what: "quotes", start: "{", repeat: '"', outcome: unexpected },
  { what: "braces that close", start: "{", repeat: "}", outcome: unexpected },
  { what: "white space", start: '{"data":[', repeat: " ", end: "]}", outcome: unexpected },
  { what: "characters of four bytes", start: '{"x":"', repeat: "🦦", end: '","data":[]}', outcome: unexpected },
];

/** A body of that shape, made while it is sent. */
function* bodyOf({ start = "", repeat, end = "" }: Shape): Generator<Buffer> {
  const block = Buffer.from(repeat.repeat(Math.ceil(100_000 / repeat.length)));
  yield Buffer.from(start);
  for (let sent = 0; sent < size; sent += block.length) yield block;
  yield Buffer.from(end);
}

async function measure(
  shape: Shape,
  { transport = "", bytewise = false } = {},
): Promise<{ outcome: string; bytes: number }> {
  const serve = (url: string, response: ServerResponse): void => {
    if (url.startsWith("/small"))
      return void response.setHeader("content-type", "application/json").end('{"data":[{"b64_json":"AAAA"}]}');
    response.writeHead(200, { "content-type": "application/json", ...(!bytewise && { "content-encoding": "gzip" }) });
    if (!bytewise)
      return void pipeline(Readable.from(bodyOf(shape)), createGzip({ level: 1 }), response).catch(() => {});
    const text = `${shape.start}${shape.repeat.repeat(100_000)}${shape.end}`;
    return void pipeline(Readable.from([...text]), response).catch(() => {});
  };
  return listen(
    (request, response) => {
      request.resume().on("end", () => serve(request.url!, response));
    },
    async (origin) => {
      const file = fileURLToPath(new URL("../testing/memory-of-stream.ts", import.meta.url));
      const child = fork(file, [origin, transport], { execArgv: [] });
      const [message] = (await once(child, "message")) as [{ outcome: string; bytes: number }];
      return message;
    },
  );
}

describe.concurrent("120 MB of JSON in a few kB of gzip take at most 64 MiB:", () => {
  it.each(shapes)("$what", async (shape) => {
    const { outcome, bytes } = await measure(shape);
    expect(outcome).toBe(shape.outcome);
    expect(bytes).toBeLessThan(limit);
  });

  it.each([shapes[0]!, shapes[3]!, shapes[4]!])("over nodeTransport: $what", async (shape) => {
    const { outcome, bytes } = await measure(shape, { transport: "node" });
    expect(outcome).toBe(shape.outcome);
    expect(bytes).toBeLessThan(limit);
  });

  it("and so does a body that comes byte by byte", async () => {
    const { outcome, bytes } = await measure(shapes[0]!, { bytewise: true });
    expect(outcome).toBe("resolved");
    expect(bytes).toBeLessThan(limit);
  });
});
