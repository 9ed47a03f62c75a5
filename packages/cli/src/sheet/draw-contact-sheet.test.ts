import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { drawCaption } from "./draw-caption.ts";
import { drawContactSheet, type SheetImage } from "./draw-contact-sheet.ts";

type Rgb = readonly [number, number, number];

async function image(width: number, height: number, [r, g, b]: Rgb, caption?: string): Promise<SheetImage> {
  const drawn = sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
  return { bytes: await drawn.png().toBuffer(), caption };
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): string;
  count(color: Rgb): number;
}

async function pixelsOf(png: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const at = (x: number, y: number): string => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)].join();
  return {
    width,
    height,
    at,
    count([r, g, b]) {
      let count = 0;
      for (let pixel = 0; pixel < data.length; pixel += 3) {
        if (data[pixel] === r && data[pixel + 1] === g && data[pixel + 2] === b) count += 1;
      }
      return count;
    },
  };
}

const inputColor: Rgb = [10, 20, 30];
const colors = Array.from({ length: 30 }, (_, index): Rgb => [200, index * 8, 40]);

test.for([0, 1, 2, 3, 4, 5, 7, 10, 30])("shows the input and %i results, all of them whole", async (count) => {
  const input = await image(64, 64, inputColor);
  const results = await Promise.all(colors.slice(0, count).map((color) => image(64, 64, color)));
  const sheet = await pixelsOf(await drawContactSheet({ input, results }));
  expect(sheet.count(inputColor)).toBeGreaterThanOrEqual(360 * 360);
  for (const color of colors.slice(0, count)) expect(sheet.count(color)).toBe(360 * 360);
  expect(sheet.width / sheet.height).toBeLessThan(3.2);
  expect(sheet.width / sheet.height).toBeGreaterThan(0.9);
});

test("stands results in rows from the left, in their order", async () => {
  const input = await image(64, 64, inputColor);
  const results = await Promise.all(colors.slice(0, 4).map((color) => image(64, 64, color)));
  const sheet = await pixelsOf(await drawContactSheet({ input, results }));
  const places: string[] = [];
  for (let y = 8; y < sheet.height; y += 16) {
    for (let x = 8; x < sheet.width; x += 16) if (!places.includes(sheet.at(x, y))) places.push(sheet.at(x, y));
  }
  const found = places.filter((place) => place.startsWith("200,"));
  expect(found).toEqual(colors.slice(0, 4).map((color) => color.join()));
});

test("mixed sizes and shapes keep their shape, and stand in the middle of their place", async () => {
  const input = await image(100, 50, inputColor);
  const results = [await image(20, 40, [1, 2, 3]), await image(2000, 1000, [4, 5, 6]), await image(1, 1, [7, 8, 9])];
  const sheet = await pixelsOf(await drawContactSheet({ input, results }));
  expect(sheet.count([1, 2, 3])).toBe(180 * 360);
  expect(sheet.count([4, 5, 6])).toBe(360 * 180);
  expect(sheet.count([7, 8, 9])).toBe(360 * 360);
});

test("draws transparent images on white, and an image of any format", async () => {
  const clear = {
    bytes: await sharp({ create: { width: 9, height: 9, channels: 4, background: "#00000000" } })
      .webp()
      .toBuffer(),
  };
  const sheet = await pixelsOf(await drawContactSheet({ input: await image(9, 9, inputColor), results: [clear] }));
  expect(sheet.at(sheet.width - 100, 100)).toBe("255,255,255");
});

describe("captions", () => {
  test("are below their images, and nowhere else", async () => {
    const input = await image(64, 64, inputColor, "otter.png");
    const plain = await drawContactSheet({ input: { bytes: input.bytes }, results: [] });
    const captioned = await drawContactSheet({ input, results: [] });
    const [before, after] = await Promise.all(
      [plain, captioned].map((png) => sharp(png).removeAlpha().raw().toBuffer()),
    );
    const width = 16 + 360 + 16;
    const changed = [...after!].flatMap((sample, index) =>
      sample === before![index] ? [] : [Math.floor(index / 3 / width)],
    );
    expect(changed.length).toBeGreaterThan(100);
    expect(Math.min(...changed)).toBeGreaterThanOrEqual(16 + 360);
  });

  test.for(["x".repeat(5_000), "<b>&", "\u001b[31m\0", "水獭 🦦 выдра", "a\nb", "&lt;"])(
    "of any text fit their place: %j",
    async (text) => {
      const caption = await drawCaption({ text, width: 360, height: 28, sharp });
      expect(caption?.raw).toEqual({ width: 360, height: 28, channels: 4 });
      expect(caption?.input).toHaveLength(360 * 28 * 4);
    },
  );

  test("are left out if there is no text", async () => {
    expect(await drawCaption({ text: " ", width: 360, height: 28, sharp })).toBeUndefined();
  });

  test("are left out if there is no font", async () => {
    const blank = Object.assign(
      () => sharp({ create: { width: 30, height: 10, channels: 4, background: "#00000000" } }),
      sharp,
    ) as typeof sharp;
    expect(await drawCaption({ text: "otter", width: 360, height: 28, sharp: blank })).toBeUndefined();
  });
});
