import { gzipSync } from "node:zlib";
import { concatenate, createPng } from "@image-variations/png-corpus";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { identifyFile, inspectPng, inspectPngHeader } from "../index.ts";

const png = createPng();
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const box = (brand: string): Uint8Array => concatenate(new Uint8Array(4), ascii(`ftyp${brand}`), new Uint8Array(9));
/** What a program gets that reads a PNG as text and writes that. */
const asText = (encoding: string): Uint8Array => utf8(new TextDecoder(encoding).decode(png));
const withLineEnds = (change: (text: string) => string): Uint8Array =>
  Uint8Array.from(Buffer.from(change(Buffer.from(png).toString("latin1")), "latin1"));

const s3Error = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>7Q</RequestId></Error>`;
const lfsPointer = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`;

describe("identifies what is sent instead of a PNG, and quotes its text", () => {
  test.each<[string, Uint8Array]>([
    ["image/jpeg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
    ["image/webp", ascii("RIFF\n\0\0\0WEBPVP8 ")],
    ["image/gif", ascii("GIF89a")],
    ["image/bmp", ascii("BM\xff\xff\0\0\0\0\0\0")],
    ['text ("BMW makes cars")', ascii("BMW makes cars")],
    ["unknown (0x424d5720)", ascii("BMW ma\0kes")],
    ["image/avif", box("avif")],
    ["image/avif", box("mif1\0\0\0\0mif1avif")],
    ["image/heic", box("heic")],
    ["image/heic", box("msf1\0\0\0\0heic")],
    ["image/bmp", ascii("BM\x46\0\0\0\0\0\0\0\x36\0\0\0")],
    ["image/tiff", ascii("II*\0")],
    ["image/tiff", ascii("MM\0*")],
    ["image/x-icon", ascii("\0\0\x01\0\x01\0\x10\x10")],
    ["image/vnd.adobe.photoshop", ascii("8BPS\0\x01")],
    ["image/jxl", Uint8Array.of(0xff, 0x0a, 0xfa)],
    ["image/jxl", ascii("\0\0\0\x0cJXL \r\n\x87\n")],
    ["image/jp2", ascii("\0\0\0\x0cjP  \r\n\x87\n")],
    ["image/x-exr", Uint8Array.of(0x76, 0x2f, 0x31, 0x01, 2)],
    ["image/x-portable-anymap", ascii("P6\n8 8\n255\n")],
    ["image/svg+xml", ascii('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["video/mp4", box("isom")],
    ["video/webm", Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3)],
    ["video/x-mng", ascii("\x8aMNG\r\n\x1a\n")],
    ["application/gzip", gzipSync(png)],
    ["application/zip", ascii("PK\x03\x04\x14\0")],
    ["application/zstd", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd)],
    ["application/x-7z-compressed", ascii("7z\xbc\xaf\x27\x1c")],
    ["application/x-tar", concatenate(ascii("otter.png".padEnd(257, "\0")), ascii("ustar\x0000"))],
    ["application/pdf", ascii("%PDF-1.7")],
    ["macOS metadata of a file", Uint8Array.of(0, 5, 0x16, 7, 0, 2)],
    ["a Git LFS pointer", ascii(lfsPointer)],
    ['an XML error document ("AccessDenied": "Access Denied")', ascii(s3Error)],
    ['an XML error document ("NoSuchKey")', ascii("<Error><Code>NoSuchKey</Code></Error>")],
    ["an XML error document", ascii("<Error/>")],
    ["text/xml", ascii('<?xml version="1.0"?><feed/>')],
    ["text/html", ascii("\n<!DOCTYPE html><html><body><svg></svg>")],
    ["text/html", ascii("<html><p>")],
    ["text/html", ascii("<HEAD><meta charset=utf-8>")],
    ["text/html", ascii("404 <body><p>")],
    ['text/html ("Sign in")', ascii("<!doctype html><html><head><title>Sign in</title>")],
    ["application/json", ascii('{"id": 1}')],
    ['application/json ("Invalid token")', ascii('{"error": {"code": 7, "message": "Invalid token"}}')],
    ['application/json ("Not Found")', ascii('{"detail":"Not Found"}')],
    ["a Buffer as JSON", ascii('{"type":"Buffer","data":[137,80,78,71]}')],
    ["a Buffer as JSON", ascii('\n{\n  "type" : "Buffer",\n  "data": [137, 80]\n}')],
    ...['[ "a"]', '\n{\n  "a": 1\n}', "[ {}]", "[[1]]"].map((text): [string, Uint8Array] => [
      "application/json",
      ascii(text),
    ]),
    ["bytes written as numbers", ascii("137,80,78,71,13,10")],
    ["a data: URL", ascii("data:image/png;base64,iVBORw0KGgo=")],
    ["base64", ascii("iVBORw0KGgoAAAANSUhEUg")],
    ["only zeros", new Uint8Array(600)],
    ['text ("404: Not Found")', ascii("404: Not Found")],
    ['text ("Zugriff verweigert für Otter 🦦")', utf8("Zugriff verweigert\nfür Otter 🦦\n")],
    ['text ("[object Object]")', ascii("[object Object]")],
    ...[1, 2, 3].map((bytes): [string, Uint8Array] => [
      `text ("${"x".repeat(80)}…")`,
      concatenate(ascii("x".repeat(512 - bytes)), utf8("🦦")),
    ]),
    ["unknown (0x78787878)", concatenate(ascii("xxxx"), Uint8Array.of(0xf0, 0x78, 0x9f))],
    [`text ("${"x".repeat(80)}…")`, ascii("x".repeat(9999))],
    ["unknown (0x0001029b)", Uint8Array.of(0, 1, 2, 0x9b, 4)],
  ])("%s", async (received, bytes) => {
    const { valid, issues } = await inspectPngHeader(bytes, { identify: identifyFile });
    expect({ valid, issues }).toMatchObject({
      valid: false,
      issues: [{ code: "not_png", received, allowed: ["image/png"], fix: expect.stringMatching(/^[A-Z].*\.$/) }],
    });
    expect(issues[0]?.message).toBe(`The file must be image/png, not ${received}.`);
  });
});

describe("identifies nothing by a signature that stands elsewhere", () => {
  test.each([
    Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
    ascii("RIFF\n\0\0\0WEBPVP8 "),
    ascii("GIF89a"),
    box("avif"),
    Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3),
    ascii("\x8aMNG\r\n\x1a\n"),
    Uint8Array.of(0x1f, 0x8b),
    ascii("PK\x03\x04\x14\0"),
    Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd),
    ascii("7z\xbc\xaf\x27\x1c"),
    concatenate(ascii("otter.png".padEnd(257, "\0")), ascii("ustar\x0000")),
    Uint8Array.of(0, 5, 0x16, 7, 0, 2),
    new Uint8Array(600),
  ])("%o", async (bytes) => {
    const { issues } = await inspectPngHeader(concatenate(Uint8Array.of(1), bytes), { identify: identifyFile });
    expect(issues).toMatchObject([{ code: "not_png", received: expect.stringMatching(/^unknown \(0x01/) }]);
  });

  test.each([
    "%PDF-1.7",
    lfsPointer,
    "<Error/>",
    '<?xml version="1.0"?><feed/>',
    '{"id": 1}',
    '{"type":"Buffer","data":[137,80,78,71]}',
    "137,80,78,71,13,10",
    "data:image/png;base64,iVBORw0KGgo=",
    "iVBORw0KGgoAAAANSUhEUg",
  ])("%j", async (text) => {
    const { issues } = await inspectPngHeader(ascii(`x${text}`), { identify: identifyFile });
    expect(issues).toMatchObject([{ code: "not_png", received: expect.stringMatching(/^text \("x/) }]);
  });

  test("zeros before anything else", async () => {
    const { issues } = await inspectPngHeader(Uint8Array.of(0, 0, 0, 0, 1), { identify: identifyFile });
    expect(issues).toMatchObject([{ code: "not_png", received: "unknown (0x00000000)" }]);
  });
});

describe("identifies how a PNG was damaged in transit", () => {
  test.each<[string, Uint8Array]>([
    ["a PNG after a byte order mark", concatenate(Uint8Array.of(0xef, 0xbb, 0xbf), png)],
    ["a PNG after other bytes", concatenate(ascii("\n"), png)],
    ["a PNG after other bytes", concatenate(ascii("\r\n\r\n"), png)],
    ["a PNG after other bytes", concatenate(Uint8Array.of(1, 0xef, 0xbb, 0xbf), png)],
    ["a PNG after other bytes", concatenate(new Uint8Array(128), png)],
    ["a multipart body", concatenate(ascii("--b\r\nContent-Disposition: form-data; name=image\r\n\r\n"), png)],
    ["a PNG with converted line endings", withLineEnds((text) => text.replaceAll("\r\n", "\n"))],
    ["a PNG with converted line endings", withLineEnds((text) => text.replaceAll("\n", "\r\n"))],
    ["a PNG with converted line endings", withLineEnds((text) => text.replaceAll("\r\n", "\r"))],
    ["a PNG that was read as text", asText("utf-8")],
    ["a PNG that was read as text", asText("latin1")],
    ["a PNG that was read as text", ascii("\tPNG\r\n\x1a\n")],
  ])("%s", async (received, bytes) => {
    expect((await inspectPng(bytes)).issues).toMatchObject([{ code: "not_png", received }]);
  });

  test.each([
    [20, "The file ends after 20 bytes: it is truncated."],
    [33, "The file ends after IHDR, before IEND: it is truncated."],
    [36, "The file ends 3 bytes after IHDR, before IEND: it is truncated."],
    [60, /^The file ends after 19 of the \d+ bytes of IDAT: it is truncated\.$/],
    [-12, "The file ends after IDAT, before IEND: it is truncated."],
    [-14, "The file ends in the CRC of IDAT: it is truncated."],
    [-1, "The file ends 11 bytes after IDAT, before IEND: it is truncated."],
  ])("a file cut off at %i bytes", async (end, message) => {
    expect((await inspectPng(png.subarray(0, end))).issues).toMatchObject([
      { code: "truncated", message: expect.stringMatching(message), fix: "Download or copy it again." },
    ]);
  });
});

test("identifies any file in one line", () => {
  const words = fc.constantFrom(
    "<Error>",
    "<Code>",
    "PNG",
    "<html",
    "<title>",
    '{"message":"',
    "ftyp",
    "\0",
    "\n",
    "é",
  );
  const file = fc.oneof(
    fc.uint8Array({ maxLength: 600, size: "max" }),
    fc.array(words, { maxLength: 90, size: "max" }).map((all) => utf8(all.join(""))),
  );
  fc.assert(
    fc.property(file, (bytes) => {
      const { type = "", fix } = identifyFile(bytes);
      expect(type).toMatch(/^[^\n\r\0]{0,250}$/);
      expect(fix).toMatch(/^[^\n]{1,100}$/);
    }),
  );
});
