import { parseArgs } from "node:util";
import { DemoError } from "./demo-error.ts";

/** What the demonstration was asked to do. Paths are as they were typed. */
export interface DemoOptions {
  readonly help: boolean;
  /** The picture to vary; undefined for the otter. */
  readonly picture: string | undefined;
  /** The OpenAPI document that the mock answers from; undefined for the project's own. */
  readonly spec: string | undefined;
  /** Where the mock listens; 0 for a free port. */
  readonly port: number;
  /** A server to ask instead of the mock. */
  readonly baseURL: string | undefined;
  /** The folder that the pictures are written to. */
  readonly out: string;
}

export const demoHelp = `Checks a picture, sends it to a mock of the contract, and saves the pictures that come back.

  npm start [-- [PICTURE.png] [OPTIONS]]

  PICTURE.png        what to vary                       (default: assets/otter.png)
  --out FOLDER       where to write the pictures        (default: variations)
  --port PORT        where the mock listens             (default: a free port)
  --spec FILE        the contract that the mock answers (default: specs/image-variations.yaml)
  --base-url URL     ask this server, not a mock; takes its key from OPENAI_API_KEY
  --help             print this`;

/** @throws DemoError where the words are not understood. */
export function parseDemoOptions(words: readonly string[]): DemoOptions {
  const { values, positionals } = parse(words);
  const [picture, ...others] = positionals;
  if (others.length > 0) {
    throw new DemoError(`One picture at a time: got ${positionals.map((path) => JSON.stringify(path)).join(" and ")}.`);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new DemoError(`--port takes a number from 0 (any free port) to 65535, got ${JSON.stringify(values.port)}.`);
  }
  const baseURL = values["base-url"];
  if (baseURL !== undefined && !/^https?:$/.test(URL.parse(baseURL)?.protocol ?? "")) {
    throw new DemoError(`--base-url takes a URL such as http://localhost:8000/v1, got ${JSON.stringify(baseURL)}.`);
  }
  return { help: values.help, picture, spec: values.spec, port, baseURL, out: values.out };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        out: { type: "string", default: "variations" },
        port: { type: "string", default: "0" },
        spec: { type: "string" },
        "base-url": { type: "string" },
      },
    });
  } catch (cause) {
    throw new DemoError(`${(cause as Error).message} \`npm start -- --help\` tells what there is.`, { cause });
  }
}
