import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { generate } from "./generate.ts";
import { targets } from "./targets.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const spec = "specs/image-variations.yaml";
const roots: string[] = [];

/** A copy of the spec and of every generated file, far from the repository. */
function copyOfTheRepository(): string {
  const root = mkdtempSync(join(tmpdir(), "generate-"));
  roots.push(root);
  for (const path of [spec, ...targets.map(({ output }) => output)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(join(repository, path), join(root, path));
  }
  return root;
}

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

describe("generate", () => {
  it("finds the committed files as it would write them", async () => {
    for (const file of await generate({ root: repository, check: true })) {
      expect(file).toEqual({ output: file.output, state: "unchanged" });
    }
  });

  it("with check, names each file that was edited or is missing, and writes nothing", async () => {
    const root = copyOfTheRepository();
    const [edited, missing] = targets.map(({ output }) => output);
    writeFileSync(join(root, edited!), "edited");
    rmSync(join(root, missing!));
    const stale = (await generate({ root, check: true })).filter(({ state }) => state === "stale");
    expect(stale.map(({ output }) => output)).toEqual([edited, missing]);
    expect(readFileSync(join(root, edited!), "utf8")).toBe("edited");
    expect(existsSync(join(root, missing!))).toBe(false);
  });

  it("writes what is stale, and then there is nothing left to write", async () => {
    const root = copyOfTheRepository();
    writeFileSync(join(root, targets[0]!.output), "edited");
    const states = async (): Promise<string[]> => (await generate({ root })).map(({ state }) => state);
    expect(await states()).toEqual(["written", ...targets.slice(1).map(() => "unchanged")]);
    expect(new Set(await states())).toEqual(new Set(["unchanged"]));
  });

  it("leaves out what an overlay makes for packages that are not there", async () => {
    const root = copyOfTheRepository();
    rmSync(join(root, "packages"), { recursive: true });
    const written = await generate({ root });
    expect(written.map(({ output }) => output)).toEqual(
      targets.filter(({ overlay }) => !overlay).map(({ output }) => output),
    );
    expect(new Set(written.slice(2).map(({ state }) => state))).toEqual(new Set(["written"]));
  });

  it("leaves every file as it is where the method that the packages call has another name", async () => {
    const root = copyOfTheRepository();
    const text = readFileSync(join(root, spec), "utf8");
    writeFileSync(
      join(root, spec),
      text.replace("x-client-method: images.createVariation", "x-client-method: images.vary"),
    );
    await expect(generate({ root })).rejects.toThrow(
      "POST /images/variations: x-client-method must be images.createVariation, which the packages call, got images.vary.",
    );
  });

  it("leaves every file as it is where the operation that the packages call is gone", async () => {
    const root = copyOfTheRepository();
    const before = targets.map(({ output }) => readFileSync(join(root, output), "utf8"));
    const text = readFileSync(join(root, spec), "utf8");
    writeFileSync(join(root, spec), text.replace("  /images/variations:\n", "  /images/other:\n"));
    await expect(generate({ root })).rejects.toThrow(
      /^specs\/image-variations\.yaml:\d+:\d+: the spec has no POST \/images\/variations, which/,
    );
    expect(targets.map(({ output }) => readFileSync(join(root, output), "utf8"))).toEqual(before);
  });

  it("leaves every file as it is where the spec can't be used by one emitter", async () => {
    const root = copyOfTheRepository();
    const before = targets.map(({ output }) => readFileSync(join(root, output), "utf8"));
    const text = readFileSync(join(root, spec), "utf8");
    writeFileSync(join(root, spec), text.replace("minimum: 1\n", "minimum: 1\n          multipleOf: 1\n"));
    await expect(generate({ root })).rejects.toThrow(
      /createImageVariation\.n: the keyword "multipleOf" is not understood/,
    );
    expect(targets.map(({ output }) => readFileSync(join(root, output), "utf8"))).toEqual(before);
  });
});
