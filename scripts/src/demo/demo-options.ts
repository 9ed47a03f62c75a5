import { parameterTables } from "@image-variations/validation";
import { DemoError } from "./demo-error.ts";

/** What the demonstration was asked to do. Paths are as they were typed. */
export interface DemoOptions {
  /** The image to vary; undefined for the otter. */
  readonly image: string | undefined;
  /** How many variations. */
  readonly n: number;
  /** Such as `512x512`. */
  readonly size: string;
  /** Makes the same images again; undefined for others every time. */
  readonly seed: number | undefined;
  /** Where the server listens; 0 for a free port. */
  readonly port: number;
  /** A server to ask instead of our own. */
  readonly baseURL: string | undefined;
  /** The folder that the images are written to. */
  readonly out: string;
}

export const demoHelp = `Makes variations of an image, offline, by the server and the engine of this repository.

  npm start [-- [IMAGE.png] [OPTIONS]]

  IMAGE.png          the image to vary, a square PNG     (default: assets/otter.png)
  --n NUMBER         how many variations                 (default: 4)
  --size SIZE        their width and height              (default: 1024x1024)
  --seed NUMBER      makes the same images again         (default: others every time)
  --out FOLDER       where to write the images           (default: variations)
  --port PORT        where the server listens            (default: a free port)
  --base-url URL     ask this server, not our own; takes its key from OPENAI_API_KEY
  --help             print this
`;

/** The options of the command line. */
export const demoOptions = {
  n: { type: "string", default: "4" },
  size: { type: "string", default: "1024x1024" },
  seed: { type: "string" },
  out: { type: "string", default: "variations" },
  port: { type: "string", default: "0" },
  "base-url": { type: "string" },
} as const;

type DemoValues = Readonly<Record<keyof typeof demoOptions, string | undefined>>;

/** @throws DemoError if a value is not allowed. */
export function readDemoOptions(input: {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}): DemoOptions {
  const { positionals } = input;
  const { n = "", size = "", seed, out = "", port = "", "base-url": baseURL } = input.values as DemoValues;
  const [image, ...others] = positionals;
  if (others.length > 0) {
    throw new DemoError(`One image at a time: got ${positionals.map((path) => JSON.stringify(path)).join(" and ")}.`);
  }
  const table = parameterTables.createImageVariation;
  const { maximum = 1 } = table.find(({ name }) => name === "n") as { readonly maximum?: number };
  const { allowed = [] } = table.find(({ name }) => name === "size") as { readonly allowed?: readonly string[] };
  if (!allowed.includes(size)) {
    throw new DemoError(`--size must be one of ${allowed.join(", ")}; got ${JSON.stringify(size)}.`);
  }
  if (baseURL !== undefined && !/^https?:$/.test(URL.parse(baseURL)?.protocol ?? "")) {
    throw new DemoError(`--base-url must be a URL such as http://localhost:8000/v1, got ${JSON.stringify(baseURL)}.`);
  }
  return {
    image,
    n: integer("n", n, 1, maximum),
    size,
    seed: seed === undefined ? undefined : integer("seed", seed, 0, 4_294_967_295),
    port: integer("port", port, 0, 65_535),
    baseURL,
    out,
  };
}

function integer(name: string, text: string, minimum: number, maximum: number): number {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new DemoError(`--${name} must be an integer from ${minimum} to ${maximum}, got ${JSON.stringify(text)}.`);
}
