import { describe, expect, it } from "vitest";
import OpenAI from "../index.ts";

/** What the client says of a value that is not a file. */
async function saidOf(image: unknown): Promise<string> {
  const client = new OpenAI({ apiKey: "key", fetch: () => Promise.reject(new Error("Nothing is to be sent.")) });
  const error = await client.images.createVariation({ image: image as never }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TypeError);
  return (error as Error).message;
}

const start = "'image' must be a File, Blob, Response, URL, stream or bytes, got ";
const bytes = new Uint8Array(3);
const cyclic: Record<string, unknown> = {};
cyclic["body"] = cyclic;

describe("what is not a file is rejected with what it is, and the code that gets the file out of it, if there is any:", () => {
  it.each<[what: string, value: unknown, said: string]>([
    ["a path", "otter.png", '"otter.png": pass fs.createReadStream(image).'],
    ["an address", "https://a.example/b.png", '"https://a.example/b.png": pass await fetch(image).'],
    ["an address in capitals", "HTTP://a.example/b.png", '"HTTP://a.example/b.png": pass await fetch(image).'],
    ["a data URL", "data:image/png;base64,", '"data:image/png;base64,": pass await fetch(image).'],
    ["a blob URL", "blob:x", '"blob:x": pass await fetch(image).'],
    ["a file URL", "file:///otter.png", '"file:///otter.png": pass new URL(image).'],
    ["a word before a file URL", "see file:///otter.png", '"see file:///otter.png": pass fs.createReadStream(image).'],
    ["a folder like base64", "/a/iVBORw0KGgo", '"/a/iVBORw0KGgo": pass fs.createReadStream(image).'],
    ["a list of functions", { files: [() => bytes] }, "object."],
    ["a word before an address", "see https://a.example", '"see https://a.example": pass fs.createReadStream(image).'],
    ["a PNG in base64", "iVBORw0KGgoAAA", '"iVBORw0KGgoAAA": pass Buffer.from(image, "base64").'],
    ["a JPEG in base64", "/9j/4AAQ", '"/9j/4AAQ": pass Buffer.from(image, "base64").'],
    ["a WebP in base64", "UklGRiQA", '"UklGRiQA": pass Buffer.from(image, "base64").'],
    ["much base64", "A".repeat(200), `"${"A".repeat(80)}": pass Buffer.from(image, "base64").`],
    ["a long name", "A".repeat(199), `"${"A".repeat(80)}": pass fs.createReadStream(image).`],
    ["an empty text", "", '"": pass fs.createReadStream(image).'],
    ["a number", 5, "number."],
    ["an object without a file", { name: "otter.png" }, "object."],
    ["an object that has itself in it", cyclic, "object."],
    [
      "an upload that is on the disk",
      { filepath: "/up/otter", size: 3 },
      "object: pass fs.createReadStream(image.filepath).",
    ],
    ["an upload in memory", { buffer: bytes, mimetype: "image/png" }, "object: pass image.buffer."],
    ["a list of uploads", [{ buffer: bytes }], "object: pass image.buffer."],
    [
      "an image of a response",
      { data: [{ b64_json: "iVBORw0KGgo" }] },
      'object: pass Buffer.from(image.data[0].b64_json, "base64").',
    ],
    ["a file four levels down", { data: { data: { data: { data: bytes } } } }, "object."],
    ["a library's image", { toBuffer: () => bytes }, "object: pass await image.toBuffer()."],
    ["a library's file", { createReadStream: () => bytes }, "object: pass await image.createReadStream()."],
    ["a form", { get: () => bytes }, "object: pass image.get(name)."],
    ["a response that failed", new Response("no", { status: 404 }), "object with status 404."],
  ])("%s", async (_, value, said) => {
    expect(await saidOf(value)).toBe(start + said);
  });
});
