import fc from "fast-check";
import { expect, test } from "vitest";
import type { PixelImage } from "../variation-options.ts";
import { detectText, type TextMap } from "./detect-text.ts";

/** Letters of 5 × 7 dots, a number a row, its bits from left to right. */
const font: Record<string, readonly number[]> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  E: [31, 16, 16, 30, 16, 16, 31],
  H: [17, 17, 17, 31, 17, 17, 17],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  " ": [0, 0, 0, 0, 0, 0, 0],
};

type Shade = (x: number, y: number) => number;

function draw(width: number, height: number, shade: Shade): PixelImage {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.fill(shade(x, y), (y * width + x) * 4, (y * width + x) * 4 + 3);
  }
  return { width, height, data };
}

interface Lettering {
  readonly text: readonly string[];
  readonly x: number;
  readonly y: number;
  /** Side of a dot in pixels. */
  readonly dot: number;
  readonly ink: number;
  readonly paper: Shade;
  /** In degrees. */
  readonly turn?: number;
}

/** Four samples a pixel, so that turned letters have soft edges as in a photograph. */
function letter({ text, x, y, dot, ink, paper, turn = 0 }: Lettering): Shade {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return (px, py) => {
    let covered = 0;
    for (const [dx, dy] of [
      [0.25, 0.25],
      [0.75, 0.25],
      [0.25, 0.75],
      [0.75, 0.75],
    ] as const) {
      const [a, b] = [px + dx - x, py + dy - y];
      const [u, v] = [Math.floor((a * cos + b * sin) / dot), Math.floor((b * cos - a * sin) / dot)];
      const line = text[Math.floor(v / 10)];
      const row = font[line?.[Math.floor(u / 6)] ?? " "]?.[v % 10] ?? 0;
      if (u >= 0 && v >= 0 && u % 6 < 5 && (row >> (4 - (u % 6))) & 1) covered += 0.25;
    }
    return paper(px, py) * (1 - covered) + ink * covered;
  };
}

/** An even hash, so that the drawings are the same on every run. */
function hash(x: number, y: number, salt = 0): number {
  let value = Math.imul(x, 374_761_393) ^ Math.imul(y, 668_265_263) ^ Math.imul(salt, 1_442_695_041);
  value = Math.imul(value ^ (value >>> 13), 1_274_126_177);
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
}

const grain =
  (grey: number, amount: number): Shade =>
  (x, y) =>
    grey + amount * (hash(x, y) - 0.5);

/** Discs of many sizes, as stones lie, or as leaves if they are long and thin. */
function scatter({
  count,
  width,
  length,
  salt,
}: {
  count: number;
  width: number;
  length: number;
  salt: number;
}): Shade {
  const things = Array.from({ length: count }, (_, i) => {
    const angle = hash(i, 3, salt) * Math.PI;
    const size = 0.5 + hash(i, 4, salt);
    return {
      x: hash(i, 1, salt) * 400,
      y: hash(i, 2, salt) * 400,
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      width: width * size,
      length: length * size,
      grey: 40 + 190 * hash(i, 5, salt),
    };
  });
  return (x, y) => {
    const thing = things.findLast((each) => {
      const [a, b] = [x - each.x, y - each.y];
      return ((a * each.cos + b * each.sin) / each.length) ** 2 + ((b * each.cos - a * each.sin) / each.width) ** 2 < 1;
    });
    return thing?.grey ?? 30;
  };
}

const sign = ["PARSON", "STATION"];
const cellAt = ({ columns, rows, data }: TextMap, { width, height }: PixelImage, x: number, y: number): number =>
  data[Math.floor((y / height) * rows) * columns + Math.floor((x / width) * columns)]!;

test.each([
  ["dark on light", 30, grain(220, 12)],
  ["light on dark", 230, grain(40, 12)],
  ["faint", 150, grain(110, 6)],
])("finds lettering that is %s, and only where it stands", (_, ink, paper) => {
  const image = draw(400, 400, letter({ text: sign, x: 120, y: 160, dot: 4, ink, paper }));
  const map = detectText(image);
  expect(cellAt(map, image, 190, 174)).toBeGreaterThanOrEqual(0.5);
  expect(cellAt(map, image, 190, 214)).toBeGreaterThanOrEqual(0.5);
  expect(cellAt(map, image, 30, 30)).toBe(0);
  expect(cellAt(map, image, 200, 350)).toBe(0);
  expect(map.share).toBeLessThan(0.2);
});

test.each([-24, -10, 12, 25])("finds lettering turned by %d degrees", (turn) => {
  const image = draw(400, 400, letter({ text: sign, x: 130, y: 180, dot: 4, ink: 20, paper: grain(200, 10), turn }));
  const map = detectText(image);
  const angle = (turn * Math.PI) / 180;
  const [along, down] = [70, 14];
  const [x, y] = [
    130 + along * Math.cos(angle) - down * Math.sin(angle),
    180 + along * Math.sin(angle) + down * Math.cos(angle),
  ];
  expect(cellAt(map, image, x, y)).toBeGreaterThanOrEqual(0.5);
});

test("finds lettering of every size from small print to letters of a third of the image", () => {
  for (const dot of [1.3, 2, 3, 5, 8, 14]) {
    const text = dot > 10 ? ["TEN"] : dot > 6 ? ["STONE"] : ["PARSON STONE", "THE CAR TOP"];
    const image = draw(400, 400, letter({ text, x: 40, y: 120, dot, ink: 25, paper: grain(215, 10) }));
    expect.soft(detectText(image).lines.length, `dots of ${dot} pixels`).toBeGreaterThan(0);
  }
});

test("finds nearly every cell of a page", () => {
  const words = [
    "THE PEN ON THE",
    "TABLE ROSE AS",
    "A CHORE TO SEE",
    "BENT ROPES AT",
    "THE COAST AND",
    "NORTH PORT OR",
  ];
  const image = draw(
    400,
    400,
    letter({ text: [...words, ...words], x: 30, y: 30, dot: 3, ink: 40, paper: grain(225, 8) }),
  );
  const map = detectText(image);
  let found = 0;
  for (let line = 0; line < 12; line++) {
    for (let column = 0; column < 10; column++) {
      if (cellAt(map, image, 36 + column * 22, 40 + line * 30) >= 0.5) found++;
    }
  }
  expect(found).toBeGreaterThan(108);
});

test.each([
  ["an even shade", grain(128, 0)],
  ["noise", grain(128, 200)],
  ["a gradient", (x: number, y: number) => 40 + x / 4 + y / 5],
  ["stones", scatter({ count: 900, width: 9, length: 13, salt: 1 })],
  ["grass", scatter({ count: 1600, width: 1.6, length: 24, salt: 2 })],
  ["leaves", scatter({ count: 700, width: 5, length: 16, salt: 3 })],
  ["stars", (x: number, y: number) => (hash(x >> 1, y >> 1, 5) > 0.995 ? 240 : 12)],
  ["bricks", (x: number, y: number) => (y % 24 < 3 || (x + (Math.floor(y / 24) % 2) * 24) % 48 < 3 ? 200 : 110)],
  ["a fence", (x: number, y: number) => (x % 26 < 10 && y > 90 && y < 310 ? 60 : 190)],
  ["windows", (x: number, y: number) => (x % 40 > 12 && y % 50 > 18 ? 50 : 200)],
  ["a chequerboard", (x: number, y: number) => (((x >> 5) + (y >> 5)) % 2 ? 230 : 25)],
])("takes %s for no text, but for an eighth of it at most", (_, shade) => {
  expect(detectText(draw(400, 400, shade as Shade)).share).toBeLessThan(0.125);
});

test("finds lettering on a board among stones, and leaves most of the stones alone", () => {
  const stones = scatter({ count: 900, width: 9, length: 13, salt: 1 });
  const board: Shade = (x, y) => (x > 90 && x < 310 && y > 140 && y < 250 ? 235 : stones(x, y));
  const image = draw(400, 400, letter({ text: sign, x: 120, y: 160, dot: 4, ink: 30, paper: board }));
  const map = detectText(image);
  expect(cellAt(map, image, 190, 174)).toBeGreaterThanOrEqual(0.5);
  expect(map.share).toBeLessThan(0.5);
});

test("finds lettering on a transparent ground, whichever shade it has", () => {
  for (const ink of [0, 255]) {
    const cover = letter({ text: sign, x: 120, y: 160, dot: 4, ink: 255, paper: () => 0 });
    const image = draw(400, 400, () => ink);
    const data = image.data as Uint8ClampedArray;
    for (let i = 0; i < 160_000; i++) data[i * 4 + 3] = cover(i % 400, Math.floor(i / 400));
    expect(detectText(image).lines.length).toBeGreaterThan(0);
  }
});

test("gives boxes in pixels of the image and a map of the grid that was asked for, whatever the aspect ratio", () => {
  const image = draw(900, 300, letter({ text: sign, x: 500, y: 100, dot: 5, ink: 20, paper: grain(220, 10) }));
  const map = detectText(image, { columns: 30, rows: 10 });
  expect([map.columns, map.rows, map.data.length]).toEqual([30, 10, 300]);
  const [line] = map.lines;
  expect(line!.x).toBeGreaterThan(480);
  expect(line!.x + line!.width).toBeLessThan(740);
  expect(line!.confidence).toBeGreaterThanOrEqual(0.5);
  expect(cellAt(map, image, 560, 118)).toBeGreaterThanOrEqual(0.5);
});

test("accepts every size and all pixels, gives the same map for the same pixels, and values from 0 to 1", () => {
  const sides = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(sides, sides, fc.integer(), (width, height, salt) => {
      const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => 256 * hash(i, width, salt));
      const image = { width, height, data };
      const map = detectText(image);
      expect(map).toEqual(detectText(image));
      expect(map.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
