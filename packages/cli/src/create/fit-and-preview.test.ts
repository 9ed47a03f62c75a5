import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspectPngSync } from "@image-variations/validation";
import sharp from "sharp";
import { expect, test } from "vitest";
import { runFake } from "../testing/fake-context.ts";
import { fakeStream } from "../testing/fake-stream.ts";
import { otter } from "../testing/otter.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { echoBackend, startServer } from "../testing/test-servers.ts";

const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: "teal" } })
  .jpeg()
  .toBuffer();

test("--fit sends an image that is accepted in place of one that is not, and says what was done", async () => {
  const server = await startServer({ backend: echoBackend() });
  const folder = temporaryFolder({ "photo.jpg": photo });
  const args = ["photo.jpg", "--fit", "--server", server];
  const { code, stdout, stderr } = await runFake(args, { workingDirectory: folder });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "variations/photo-1.png\n" });
  expect(stderr).toContain("Fitted    Converted JPEG to PNG.\n          Cropped 60x40 to 40x40 around the subject:");
  const sent = readFileSync(join(folder, "variations/photo-1.png"));
  expect(inspectPngSync(sent, { depth: "pixels" })).toMatchObject({ valid: true, width: 40 });
});

test("--fit sends an image that is accepted already as it is, and does not mention it", async () => {
  const server = await startServer({ backend: echoBackend() });
  const folder = temporaryFolder({ "otter.png": otter });
  const args = ["otter.png", "--fit", "--no-sheet", "--server", server];
  const { code, stderr } = await runFake(args, { workingDirectory: folder });
  expect(code).toBe(0);
  expect(stderr).not.toContain("Fitted");
  expect(readFileSync(join(folder, "variations/otter-1.png")).equals(otter)).toBe(true);
});

test("--fit names the image that can't be decoded", async () => {
  const folder = temporaryFolder({ "text.jpg": "text" });
  const { code, stderr } = await runFake(["text.jpg", "--fit"], { workingDirectory: folder });
  expect(code).toBe(3);
  expect(stderr).toContain("text.jpg: The file is text");
});

test("an image that --fit can help is rejected with that advice, and one that it can't without", async () => {
  const folder = temporaryFolder({ "photo.jpg": photo, "empty.png": "" });
  const rejected = await runFake(["photo.jpg"], { workingDirectory: folder });
  expect(rejected.code).toBe(3);
  expect(rejected.stderr).toContain("Convert it to PNG. --fit does it.");
  expect((await runFake(["empty.png"], { workingDirectory: folder })).stderr).not.toContain("--fit");
});

const kitty = { environment: { TERM: "xterm-kitty" }, terminal: { columns: 80, rows: 24 } };

test("shows the variations in a terminal that shows images, on standard error", async () => {
  const server = await startServer({ backend: echoBackend() });
  const folder = temporaryFolder({ "otter.png": otter });
  const args = ["otter.png", "-n", "2", "--no-sheet", "--server", server];
  const { code, stdout, stderr } = await runFake(args, { ...kitty, workingDirectory: folder });
  expect(code).toBe(0);
  expect(stdout).toBe("variations/otter-1.png\nvariations/otter-2.png\n");
  expect(stderr.split("\u001b_G").length).toBeGreaterThan(1);
  for (const option of ["--no-preview", "--quiet", "--json"]) {
    const without = await runFake([...args, option], { ...kitty, workingDirectory: folder });
    expect(without.stderr).not.toContain("\u001b_G");
  }
});

test("says so if a variation can't be shown, and keeps it", async () => {
  const { showPreview } = await import("./show-preview.ts");
  const folder = temporaryFolder({ "broken.png": "text" });
  const stderr = fakeStream({ terminal: { columns: 80, rows: 24 }, colors: true });
  const stdin = { isTerminal: false, async *[Symbol.asyncIterator]() {} };
  await showPreview([join(folder, "broken.png")], { stderr, stdin, environment: kitty.environment } as never);
  expect(stderr.text).toMatch(/^There is no preview: .+\n$/);
});
