// pnpm release:rehearse: a release from the first version to a breaking one, with users who install and upgrade.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError, runCommand } from "@image-variations/command";
import { startPrism } from "@image-variations/mock";
import { copyRepository } from "@image-variations/testing/copy-repository";
import { ProgramError, runProgram } from "@image-variations/testing/run-program";
import { tryProducts } from "../consumer/try-products.ts";
import { chromiumCaller } from "./callers/call-from-chromium.ts";
import { programCallers, type Caller } from "./callers/call-from-programs.ts";
import { workerdCaller } from "./callers/call-from-workerd.ts";
import { compilations, compile, compileEverywhere } from "./callers/compile.ts";
import { createConsumer, installLatest } from "./create-consumer.ts";
import { changeSpec, git, release, runScript, type ScratchRepository } from "./release.ts";
import { runByNpx } from "./run-by-npx.ts";
import { startRegistry } from "./start-registry.ts";

const callers: readonly Caller[] = [...programCallers, workerdCaller, ...(chromiumCaller ? [chromiumCaller] : [])];

/** A new optional parameter. */
const addParameter = (spec: string): string =>
  spec.replace(
    "        user:\n",
    "        seed:\n          type: integer\n          description: The same seed gives the same images.\n        user:\n",
  );

/** A size that is offered no more. */
const removeSize = (spec: string): string =>
  spec.replace("enum: [256x256, 512x512, 1024x1024, null]", "enum: [512x512, 1024x1024, null]");

async function step<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await action();
  const told = typeof result === "string" ? `: ${result}` : "";
  console.log(`${((performance.now() - start) / 1_000).toFixed(1).padStart(6)} s  ${name}${told}`);
  return result;
}

async function rehearse(folder: string): Promise<void> {
  await using registry = await startRegistry(folder);
  const specVersions: string[] = [];
  const scratch: ScratchRepository = { folder: join(folder, "repository"), registry };
  await step("copy the repository and install it", async () => {
    copyRepository(scratch.folder);
    // A release tags, and reads the history.
    await git(scratch.folder, "init", "--quiet", "--initial-branch=main");
    await git(scratch.folder, "add", "--all");
    await git(scratch.folder, "commit", "--quiet", "--message", "The repository as it is");
    await runScript(scratch, "install", "--frozen-lockfile", "--prefer-offline");
  });
  await step("release what there is", async () => await publish("First"));

  await step("npx image-variations otter.png, in an empty folder", () => runByNpx(join(folder, "empty"), registry));

  await step("npx codegen and npx spec-diff, in an empty folder", () => runProducts(join(folder, "products")));

  const consumer = join(folder, "consumer");
  await step("a fresh consumer installs", () => createConsumer(consumer, registry));
  await callFromEverywhere(consumer);
  await step("strict TypeScript 7 and 5, nodenext and bundler", () => compileEverywhere(consumer));

  await step("a compatible change of the spec", async () => await changed(addParameter, "A seed", "minor"));
  await step("the consumer upgrades, and nothing breaks", async () => {
    await installLatest(consumer, registry);
    await compileEverywhere(consumer);
  });
  await step("spec:diff between the two published versions", async () => {
    // Not by the bootstrap, which keeps npm's settings from pnpm and so from the npm that this calls.
    const diff = ["scripts/src/commands/spec-diff.ts", ...specVersions];
    const { stdout: said } = await runProgram("node", diff, { cwd: scratch.folder, env: registry.env });
    if (!said.includes("Bump: minor"))
      throw new CommandError(`Expected minor between the published specs, got:\n${said}`);
  });
  await step("a breaking change of the spec", async () => await changed(removeSize, "No small images", "major"));
  await step("the consumer upgrades, and only the call that used it breaks", async () => {
    await installLatest(consumer, registry);
    for (const way of compilations) await expectBreak(consumer, way);
  });

  async function runProducts(products: string): Promise<string> {
    const { env } = registry;
    return await tryProducts({
      folder: products,
      env,
      async run(name, args, exitCode) {
        const words = ["--yes", "--prefer-online", `@image-variations/${name}@latest`, ...args];
        return (await runProgram("npx", words, { cwd: products, env, expected: [exitCode] })).stdout;
      },
      install: async () => await installLatest(products, registry),
    });
  }

  async function publish(message: string): Promise<string> {
    const versions = await release(scratch, message);
    specVersions.push(versions.spec!);
    return Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ");
  }

  async function changed(change: (spec: string) => string, message: string, level: string): Promise<string> {
    const said = await changeSpec(scratch, change);
    if (!said.includes(`(${level})`)) throw new CommandError(`Expected a ${level} change, but: ${said}`);
    return await publish(message);
  }

  async function callFromEverywhere(installed: string): Promise<void> {
    await using mock = await startPrism({ spec: join(scratch.folder, "specs/image-variations.yaml") });
    for (const { name, call } of callers) {
      await step(`called from ${name}`, async () => {
        const said = (await call(installed, mock.url)).trim();
        if (!/created \d+/.test(said)) throw new CommandError(`${name}: expected "created …", got:\n${said}`);
        return said;
      });
    }
    if (!chromiumCaller) console.log("          no Chromium here: the page is not rehearsed");
  }
}

/** The error has to be where the size that is gone is sent, and nowhere else. */
async function expectBreak(consumer: string, way: (typeof compilations)[number]): Promise<void> {
  const errors = await compile(consumer, way);
  const line = readFileSync(join(consumer, "smallest.ts"), "utf8")
    .split("\n")
    .findIndex((text) => text.includes("createVariation({ image, size })"));
  if (errors.length !== 1 || !errors[0]!.startsWith(`smallest.ts(${line + 1},`)) {
    throw new CommandError(
      `Expected one error in line ${line + 1} of smallest.ts, got:\n${errors.join("\n") || "none"}`,
    );
  }
}

await runCommand({
  help: `pnpm release:rehearse [--keep]

Publishes everything to a registry on loopback, as a release would, and lets fresh users install it and call a mock of
the contract from every runtime. Then the spec changes in a scratch copy, first compatibly and then not, and they
upgrade: only what has to break may break.

  --keep   leave the folder with the scratch copy, the registry's storage and the consumers
`,
  options: { keep: { type: "boolean" } },
  userErrors: [ProgramError],
  async run({ values }) {
    const start = performance.now();
    const folder = mkdtempSync(join(tmpdir(), "release-rehearsal-"));
    try {
      await rehearse(folder);
      console.log(`The release is rehearsed: ${((performance.now() - start) / 1_000).toFixed(0)} s`);
    } finally {
      if (values.keep) console.log(folder);
      else rmSync(folder, { recursive: true, force: true });
    }
  },
});
// verdaccio leaves timers behind.
process.exit();
