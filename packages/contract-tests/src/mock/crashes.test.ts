import { APIConnectionError, ImageVariations } from "@image-variations/client";
import { prismOnDemand, type PrismOnDemand } from "@image-variations/mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operation } from "../contract/operation.ts";
import { sampleImage } from "../wire/sample-image.ts";

let supply: PrismOnDemand;
beforeAll(() => {
  supply = prismOnDemand();
});
afterAll(() => supply.stop());

describe("Prism crashes on", () => {
  // The parser that it uses (parse-multipart-data 1.5) reads the name of a file as JSON, and throws outside any try.
  const crashing = [
    { what: "a semicolon in a file's name", head: disposition('filename="a;b.png"'), lastLine: /JSON/ },
    { what: "an equals sign in a file's name", head: disposition('filename="a=b.png"'), lastLine: /JSON/ },
    { what: "a quote in a file's name", head: disposition('filename="a"b.png"'), lastLine: /JSON/ },
    { what: "a control character in a file's name", head: disposition('filename="a\tb.png"'), lastLine: /JSON/ },
    { what: "a name without quotes", head: disposition("filename=otter.png"), lastLine: /JSON/ },
    {
      what: "a file without a media type",
      head: 'Content-Disposition: form-data; name="image"; filename="a.png"',
      lastLine: /'trim'/,
    },
    { what: "a part without a name", head: "Content-Type: image/png", lastLine: /'split'/ },
  ];

  function disposition(fileName: string): string {
    return `Content-Disposition: form-data; name="image"; ${fileName}\r\nContent-Type: image/png`;
  }

  test.for(crashing)("$what", async ({ head, lastLine }) => {
    const prism = await supply.ready();
    const body = Buffer.concat([Buffer.from(`--x\r\n${head}\r\n\r\n`), sampleImage, Buffer.from("\r\n--x--\r\n")]);
    const request = fetch(prism.url + operation.path, {
      method: operation.method,
      headers: { authorization: "Bearer key", "content-type": "multipart/form-data; boundary=x" },
      body,
    });
    await expect(request).rejects.toThrow("fetch failed");
    expect(await prism.exited).toMatchObject({ stopped: false, lastLine: expect.stringMatching(lastLine) });
  });
});

describe("our client sends nothing that crashes Prism:", () => {
  const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
  const control = [...Array.from({ length: 0x20 }, (_, index) => String.fromCharCode(index)), "\x7f", "\x85"];
  const hostile = [
    { what: "every printable character of ASCII", names: printable.map((character) => `a${character}b.png`) },
    { what: "every control character", names: control.map((character) => `a${character}b.png`) },
    { what: "paths", names: ["/", "..", "../../otter.png", "C:\\images\\otter.png", "folder/"] },
    { what: "other scripts", names: ["Ōtā.png", "獭.png", "🦦.png", "\u{202e}gnp.png", "\ud800.png", "\u2028.png"] },
    { what: "no characters, and thousands", names: ["", " ", "a".repeat(5000)] },
    { what: "what is escaped already", names: ["%22.png", "%3B%0D%0A.png", "&quot;.png", "\\u0022.png", "\\x.png"] },
    {
      what: "headers of their own",
      names: ['a.png"\r\nContent-Type: text/html', 'a.png"; name="n', "a.png\r\n\r\n--x--\r\n", "a.png*=UTF-8''b.png"],
    },
  ];

  test.for(hostile)("file names of $what", async ({ names }) => {
    expect(await crashesFrom(names.map((name) => new File([sampleImage], name, { type: "image/png" })))).toEqual([]);
  });

  test("images whose bytes look like a form", async () => {
    const tails = [
      "\r\n\r\n",
      "\r\n--",
      "\r\n--x\r\n",
      "\r\n--x\r\nContent-Disposition: form-data; name=n; filename=a;b\r\n\r\n\r\n--x--",
    ];
    const files = tails.map((tail) => new File([sampleImage, tail], "otter.png", { type: "image/png" }));
    expect(await crashesFrom(files)).toEqual([]);
  });

  test("media types that a file names itself", async () => {
    const types = [
      "",
      "png",
      "image/png; name=x",
      'image/png"\r\nX-Other: 1',
      "image/png\r\nContent-Disposition: none",
    ];
    const files = types.map((type) => new File(["not a PNG, so that its media type counts"], "otter.png", { type }));
    expect(await crashesFrom(files)).toEqual([]);
  });

  /** The files that crash Prism when our client sends them, each with the last line that Prism printed. */
  async function crashesFrom(files: readonly File[]): Promise<string[]> {
    const crashes: string[] = [];
    for (const image of files) {
      const prism = await supply.ready();
      const client = new ImageVariations({ baseURL: prism.url, apiKey: "key", maxRetries: 0 });
      try {
        await client.images.createVariation({ image });
      } catch (error) {
        if (!(error instanceof APIConnectionError)) throw error;
        const { lastLine } = await prism.exited;
        crashes.push(`${JSON.stringify([image.name, image.type])}: ${lastLine}`);
      }
    }
    return crashes;
  }
});
