/** A suite that can catch a drift, and how it is run. */
export type Suite = keyof typeof suites;

interface SuiteCommand {
  /** The folder to run it in. */
  readonly folder: string;
  readonly command: readonly string[];
}

const generator: SuiteCommand = { folder: ".", command: ["node", "scripts/src/commands/generate.ts", "--check"] };

/** Every suite by the name that the drifts use. */
export const suites = {
  "pnpm generate --check": generator,
  "specs lint": { folder: "specs", command: ["node_modules/.bin/redocly", "lint", "image-variations.yaml"] },
  imports: vitest("packages/drift-tests", "src/imports"),
  docs: vitest("packages/drift-tests", "src/docs"),
  docstrings: vitest("packages/drift-tests", "src/docstrings"),
  turbo: vitest("packages/drift-tests", "src/turbo"),
  manifests: vitest("packages/drift-tests", "src/manifests"),
  commands: vitest("packages/drift-tests", "src/commands/commands.test"),
  "changed spec": vitest("packages/contract-tests", "src/changed-spec"),
  agreement: vitest("packages/contract-tests", "src/agreement"),
  "client's parts": vitest("packages/contract-tests", "src/client/parts"),
  "second client": vitest("packages/contract-tests", "src/second-client"),
  statuses: vitest("packages/contract-tests", "src/mock/statuses"),
  verdicts: vitest("packages/contract-tests", "src/validation/verdicts"),
  types: { folder: "packages/contract-tests", command: ["node_modules/.bin/tsc", "--project", "tsconfig.json"] },
  conformance: vitest("packages/contract-tests", "src/conformance"),
} as const satisfies Readonly<Record<string, SuiteCommand>>;

function vitest(folder: string, path: string): SuiteCommand {
  return { folder, command: ["node_modules/.bin/vitest", "run", path, "--typecheck.enabled=false"] };
}

/** An edit that someone might make, by mistake or in a hurry, and after which two places no longer agree. */
export interface Drift {
  readonly what: string;
  /** The file that is edited. */
  readonly path: string;
  readonly from: RegExp;
  readonly to: string;
  /** The package to build before the suite runs, because what it runs is what is built. */
  readonly build?: string;
  /** The suite that must catch it. */
  readonly suite: Suite;
}

const client = "packages/client";
const validation = "packages/validation";

/** The drifts that are tried. */
export const drifts: readonly Drift[] = [
  {
    what: "a generated type is edited: `n` becomes text",
    path: `${client}/src/generated/schema.ts`,
    from: /n\?: number \| null;/,
    to: "n?: string | null;",
    suite: "pnpm generate --check",
  },
  {
    what: "a generated table is edited: a limit is raised",
    path: `${validation}/src/generated/parameter-tables.ts`,
    from: /maximum: \d+,/,
    to: "maximum: 9999,",
    suite: "pnpm generate --check",
  },
  {
    what: "the JSON beside the spec is edited",
    path: "specs/image-variations.json",
    from: /"maximum": \d+/,
    to: '"maximum": 9999',
    suite: "pnpm generate --check",
  },
  {
    what: "the spec is edited, and nothing is generated",
    path: "specs/image-variations.yaml",
    from: /maximum: \d+\n/,
    to: "maximum: 9999\n",
    suite: "pnpm generate --check",
  },
  {
    what: "an example in the spec no longer fits its schema",
    path: "specs/image-variations.yaml",
    from: /created: \d+\n/,
    to: "created: yesterday\n",
    suite: "specs lint",
  },
  {
    what: "a limit is written into the validator's code",
    path: `${validation}/src/parameters/check-parameters.ts`,
    from: /amount > maximum/,
    to: "amount > Math.min(maximum, 10)",
    suite: "changed spec",
  },
  {
    what: "a limit is written into the client's code",
    path: `${client}/src/uploads/read-upload.ts`,
    from: /\?\? facts\?\.exclusiveMaximumBytes \?\?/,
    to: "?? (facts && 4_194_304) ??",
    suite: "changed spec",
  },
  {
    what: "a parameter's name is written into the client's code",
    path: `${client}/src/uploads/encode-multipart.ts`,
    from: /if \(value === null \|\| value === undefined\) continue;/,
    to: 'if (value === null || value === undefined || name === "seed") continue;',
    suite: "changed spec",
  },
  {
    what: "a size in another case is accepted",
    path: `${validation}/src/parameters/check-parameters.ts`,
    from: /!allowed\.includes\(value as string\)/,
    to: "!allowed.includes(typeof value === 'string' ? value.toLowerCase() : (value as number))",
    build: validation,
    suite: "agreement",
  },
  {
    what: "the client requests another path",
    path: `${client}/src/request/prepare-request.ts`,
    from: /written\?\.path \?\? path\)/,
    to: "(written?.path ?? path)?.slice(0, -1))",
    build: client,
    suite: "client's parts",
  },
  {
    what: "the client sends null as text",
    path: `${client}/src/uploads/encode-multipart.ts`,
    from: /if \(value === null \|\| value === undefined\) continue;/,
    to: 'if (value === undefined) continue;\n      if (value === null) {\n        text += `--${boundary}\\r\\nContent-Disposition: form-data; name="${name}"\\r\\n\\r\\nnull\\r\\n`;\n        continue;\n      }',
    build: client,
    suite: "client's parts",
  },
  {
    what: "the client sends the project in another header",
    path: `${client}/src/options/account-headers.ts`,
    from: /"openai-project": project/,
    to: '"x-project": project',
    build: client,
    suite: "second client",
  },
  {
    what: "a status has another error class",
    path: `${client}/src/errors/api-error.ts`,
    from: /422: UnprocessableEntityError,/,
    to: "422: BadRequestError,",
    build: client,
    suite: "statuses",
  },
  {
    what: "an error's message is worded differently",
    path: `${validation}/src/to-error-envelope.ts`,
    from: /is greater than the maximum of/,
    to: "is above the maximum of",
    build: validation,
    suite: "verdicts",
  },
  {
    what: "a hand-written type differs between client and validation",
    path: `${validation}/src/sources/image-source.ts`,
    from: /\n {2}\| Blob\n/,
    to: "\n",
    build: validation,
    suite: "types",
  },
  {
    what: "the client imports the validator",
    path: `${client}/src/images.ts`,
    from: /^/,
    to: 'import type { Issue } from "@image-variations/validation";\n',
    suite: "imports",
  },
  {
    what: "two files of the client import each other",
    path: `${client}/src/uploads/join-bytes.ts`,
    from: /^/,
    to: 'import { encodeMultipart } from "./encode-multipart.ts";\n',
    suite: "imports",
  },
  {
    what: "a part of the client imports what is assembled of it",
    path: `${client}/src/transport/with-timeout.ts`,
    from: /^/,
    to: 'import { Images } from "../images.ts";\n',
    suite: "imports",
  },
  {
    what: "a door has code of its own",
    path: `${client}/src/index.ts`,
    from: /$/,
    to: "export const version = 1;\n",
    suite: "imports",
  },
  {
    what: "a docstring is lost",
    path: `${client}/src/options/request-options.ts`,
    from: /\/\*\* What can be said of one request[^\n]*\n/,
    to: "",
    suite: "docstrings",
  },
  {
    what: "a program in the README no longer compiles",
    path: "README.md",
    from: /\{ b64_json \}\] of/,
    to: "{ b64Json }] of",
    suite: "docs",
  },
  {
    what: "a link in the docs leads nowhere",
    path: "README.md",
    from: /\(docs\/benchmarks\.md\)/,
    to: "(docs/benchmark.md)",
    suite: "docs",
  },
  {
    what: "the docs name a command that is not there",
    path: "README.md",
    from: /`pnpm generate`/,
    to: "`pnpm regenerate`",
    suite: "docs",
  },
  {
    what: "the docs show a table that is no longer printed",
    path: "docs/conformance.md",
    from: /512x512 instead of 1024x1024/,
    to: "512x512 in place of 1024x1024",
    suite: "conformance",
  },
  {
    what: "a manifest names another repository",
    path: `${client}/package.json`,
    from: /image-variations\/image-variations\.git/,
    to: "image-variations/client.git",
    suite: "manifests",
  },
  {
    what: "a package's README has a relative link",
    path: `${validation}/README.md`,
    from: /\(https:\/\/github\.com\/image-variations\/image-variations\/blob\/main\/docs\//,
    to: "(../../docs/",
    suite: "manifests",
  },
  {
    what: "a script of the root needs a pnpm on the PATH",
    path: "package.json",
    from: /"matrix": "node scripts\/pnpm\.mjs exec turbo/,
    to: '"matrix": "turbo',
    suite: "commands",
  },
  {
    what: "a command ends with a stack trace when its reader is gone",
    path: "scripts/src/commands/contract.ts",
    from: /\nendQuietlyWithReader\(\);/,
    to: "",
    suite: "commands",
  },
  {
    what: "a turbo task forgets an input",
    path: "turbo.json",
    from: /"test": \{\s+"dependsOn": \["build"\],\s+"inputs": \[\s*"src\/\*\*",/,
    to: '"test": { "dependsOn": ["build"], "inputs": [',
    suite: "turbo",
  },
];
