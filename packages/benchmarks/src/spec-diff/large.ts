// pnpm bench [rounds] [large]: `spec-diff` as a command on large documents, in processor time. Fails if a goal is missed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 3);
const program = fileURLToPath(new URL("../../../spec-diff/dist/bin.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "spec-diff-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

type Schemas = Readonly<Record<string, unknown>>;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

function documentOf(schemas: Schemas, names: readonly string[]): string {
  const paths = names.map((name) => {
    const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
    const responses = { "200": { description: `What ${name} makes.`, content } };
    return [`/${name}`, { post: { summary: `Makes ${name}.`, requestBody: { content }, responses } }];
  });
  const info = { title: "Large", version: "1.0.0" };
  return JSON.stringify({ openapi: "3.1.0", info, paths: Object.fromEntries(paths), components: { schemas } });
}

/** A description of a property, as long as they are in public documents. */
const words = "What the service knows of it, in a sentence or two, as the documents of large services have it.";

const documents: readonly {
  readonly name: string;
  /** In seconds of processor time. */
  readonly goal: number;
  readonly make: (maximum: number) => string;
}[] = [
  {
    name: "3 MB of operations",
    goal: 3,
    make: (maximum) => {
      // Schemas that lead to each other by twenties, as those of one part of a service do.
      const count = 1_400;
      const properties = (index: number): Schemas =>
        Object.fromEntries(
          range(12).map((part) => [
            `field_${part}`,
            part === 0
              ? { $ref: `#/components/schemas/S${index % 20 === 19 ? index - 19 : index + 1}` }
              : { type: "integer", description: words, minimum: part, maximum: index === 7 ? maximum : 100 },
          ]),
        );
      const schemas = range(count).map((index) => [`S${index}`, { type: "object", properties: properties(index) }]);
      return documentOf(
        Object.fromEntries(schemas) as Schemas,
        range(count / 2).map((index) => `S${index * 2}`),
      );
    },
  },
  {
    name: "a union of 2,000 branches",
    goal: 5,
    make: (maximum) =>
      documentOf(
        {
          U: {
            anyOf: range(2_000).map((index) => ({
              type: "object",
              properties: { [`value${index}`]: { type: "integer", maximum: maximum + index } },
            })),
          },
        },
        ["U"],
      ),
  },
  {
    name: "30,000 references, one after the other",
    goal: 5,
    make: (maximum) =>
      documentOf(
        {
          ...Object.fromEntries(
            range(30_000).map((index) => [`C${index}`, { $ref: `#/components/schemas/C${index + 1}` }]),
          ),
          C30000: { type: "integer", maximum },
        },
        ["C0"],
      ),
  },
];

/** Seconds of the processor that a process took, which other processes change less than the time on the clock. */
function processorTime(command: readonly string[]): number {
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", `TIMEFORMAT="%U %S"; time "$@" > /dev/null`, "bash", ...command],
    {
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
  const [user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  return user + system;
}

for (const { name, goal, make } of documents) {
  const [base, head] = [10, 9].map((maximum) => {
    const path = join(folder, `${maximum}.json`);
    writeFileSync(path, make(maximum));
    return path;
  });
  const seconds = range(rounds).map(() => processorTime([process.execPath, program, base!, head!]));
  const least = Math.min(...seconds);
  const size = (statSync(base!).size / 1_000_000).toFixed(1);
  console.log(`${name} (${size} MB): ${least.toFixed(2)} s of the processor, the goal is ${goal} s`);
  if (least > goal) process.exitCode = 1;
}
