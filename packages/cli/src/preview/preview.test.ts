/* oxlint-disable no-control-regex -- escape sequences begin with a control character. */
import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { Terminal } from "@xterm/headless";
import fc from "fast-check";
import sharp from "sharp";
import { decode } from "sixel";
import { describe, expect, test } from "vitest";
import type { OutputStream } from "../command-line/cli-context.ts";
import { detectProtocol } from "./detect-protocol.ts";
import { encodeBlocks, nearestOf256 } from "./encode-blocks.ts";
import { encodeIterm2 } from "./encode-iterm2.ts";
import { encodeKitty } from "./encode-kitty.ts";
import { encodeSixel } from "./encode-sixel.ts";
import { layOutStrip } from "./lay-out-strip.ts";
import { openPreview } from "./open-preview.ts";
import type { Raster } from "./protocols.ts";
import type { TerminalInput } from "./query-terminal.ts";

type Environment = Readonly<Record<string, string>>;

/** Opaque and clear pixels of any color. */
const rasters = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.constantFrom(0, 255)), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((pixels): Raster => ({ width, height, data: Uint8Array.from(pixels.flat()) })),
  );

function pngOf({ width, height, data }: Raster): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}

/** A terminal that keeps what was written to it. */
function terminal(columns: number, colors = true): { readonly stream: OutputStream; readonly written: () => string } {
  let written = "";
  const stream: OutputStream = {
    isTerminal: true,
    columns,
    rows: 24,
    colors,
    write: (data) => void (written += typeof data === "string" ? data : Buffer.from(data).toString()),
    drained: async () => {},
    onResize: () => ({ [Symbol.dispose]: () => {} }),
  };
  return { stream, written: () => written };
}

/** The PNG in kitty's sequences, by the rules of the protocol. */
function decodeKitty(written: string): { png: Buffer; control: string; rest: string } {
  let base64 = "";
  let control = "";
  let isLast = false;
  const rest = written.replaceAll(/\u001b_G([^;]*);([^\u001b]*)\u001b\\/g, (_, keys: string, piece: string) => {
    expect(isLast, "nothing follows the last piece").toBe(false);
    expect(piece.length).toBeLessThanOrEqual(4_096);
    if (!base64) control = keys;
    else expect(keys).toMatch(/^m=[01]$/);
    isLast = keys.endsWith("m=0");
    if (!isLast) expect(piece.length % 4).toBe(0);
    base64 += piece;
    return "";
  });
  expect(isLast).toBe(true);
  return { png: Buffer.from(base64, "base64"), control, rest };
}

function decodeIterm2(written: string): { png: Buffer; fields: Record<string, string>; rest: string } {
  const [all = "", keys = "", base64 = ""] = /\u001b\]1337;File=([^:]*):([^\u0007]*)\u0007/.exec(written) ?? [];
  const fields = Object.fromEntries(keys.split(";").map((field) => field.split("=")));
  return { png: Buffer.from(base64, "base64"), fields, rest: written.replace(all, "") };
}

interface Cell {
  readonly character: string;
  readonly ink: string;
  readonly ground: string;
}

/** What a terminal shows, cell by cell: xterm.js has read it. */
async function cellsOf(written: string, columns: number, rows: number): Promise<{ cells: Cell[][]; wraps: boolean }> {
  const xterm = new Terminal({ cols: columns + 1, rows: rows + 2, allowProposedApi: true, convertEol: true });
  await new Promise<void>((resolve) => xterm.write(written, resolve));
  const color = (isRgb: boolean, isPalette: boolean, value: number): string =>
    isRgb ? `#${value.toString(16).padStart(6, "0")}` : isPalette ? String(value) : "none";
  const buffer = xterm.buffer.active;
  const cells = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (__, x): Cell => {
      const cell = buffer.getLine(y)!.getCell(x)!;
      return {
        character: cell.getChars() || " ",
        ink: color(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()),
        ground: color(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor()),
      };
    }),
  );
  const wraps = Array.from({ length: rows + 1 }, (_, y) => buffer.getLine(y)!.isWrapped).includes(true);
  return { cells, wraps };
}

/** The pixels that the cells show: a color for each, or none. */
function pixelsOf(cells: readonly (readonly Cell[])[]): string[][] {
  return cells.flatMap((row) => [
    row.map(({ character, ink }) => (character === "▀" ? ink : "none")),
    row.map(({ character, ink, ground }) => (character === "▄" ? ink : character === "▀" ? ground : "none")),
  ]);
}

describe("what is written decodes to the pixels", () => {
  test("of kitty's protocol, in pieces of at most 4096 characters", async () => {
    await fc.assert(
      fc.asyncProperty(rasters, fc.integer({ min: 1, max: 300 }), async (raster, columns) => {
        const png = await pngOf(raster);
        const decoded = decodeKitty(encodeKitty(png, columns));
        expect(decoded.png.equals(png)).toBe(true);
        expect(decoded.rest).toBe("");
        expect(decoded.control.split(",")).toEqual(expect.arrayContaining(["f=100", "a=T", "q=2", `c=${columns}`]));
      }),
    );
    const large = await sharp(randomBytes(90_000), { raw: { width: 150, height: 150, channels: 4 } })
      .png()
      .toBuffer();
    expect(large.length).toBeGreaterThan(8_192);
    expect(decodeKitty(encodeKitty(large, 40)).png.equals(large)).toBe(true);
  });

  test("of iTerm2's inline images", async () => {
    await fc.assert(
      fc.asyncProperty(rasters, fc.integer({ min: 1, max: 300 }), async (raster, columns) => {
        const png = await pngOf(raster);
        const decoded = decodeIterm2(encodeIterm2(png, columns));
        expect(decoded.png.equals(png)).toBe(true);
        expect(decoded.fields).toMatchObject({ inline: "1", size: String(png.length), width: String(columns) });
        expect(decoded.rest).toBe("");
      }),
    );
  });

  test("of sixels, to a level of a hundred, if there are no more colors than terminals have", async () => {
    await fc.assert(
      fc.asyncProperty(
        // Of pixels that are all clear nothing is drawn.
        rasters.filter(
          ({ width, height, data }) =>
            width * height <= 200 && data.some((sample, index) => index % 4 === 3 && sample > 0),
        ),
        async (raster) => {
          const written = await encodeSixel(raster, sharp);
          expect(written).toMatch(/^\u001bP[^\u001b]*\u001b\\$/);
          const { width, height, data32 } = decode(Buffer.from(written.slice(written.indexOf("q") + 1, -2)));
          expect({ width, height }).toEqual({ width: raster.width, height: raster.height });
          const decoded = new Uint8Array(data32.buffer, data32.byteOffset, data32.length * 4);
          for (let at = 3; at < raster.data.length; at += 4) {
            // What is clear is not drawn at all, and has the decoder's own ground.
            if (raster.data[at] === 0) continue;
            for (let channel = at - 3; channel < at; channel++) {
              expect(Math.abs(decoded[channel]! - raster.data[channel]!)).toBeLessThanOrEqual(sixelTolerance);
            }
          }
        },
      ),
    );
  });

  test("of sixels of more colors than terminals have, nearly", async () => {
    const side = 60;
    const data = Uint8Array.from({ length: side * side * 4 }, (_, index) => {
      const pixel = Math.floor(index / 4);
      return [(pixel % side) * 4, Math.floor(pixel / side) * 4, 100, 255][index % 4]!;
    });
    const written = await encodeSixel({ width: side, height: side, data }, sharp);
    const { data32 } = decode(Buffer.from(written.slice(written.indexOf("q") + 1, -2)));
    const decoded = new Uint8Array(data32.buffer, data32.byteOffset, data32.length * 4);
    const differences = data.map((sample, index) => Math.abs(sample - decoded[index]!));
    expect(differences.reduce((sum, difference) => sum + difference, 0) / data.length).toBeLessThan(6);
    expect(new Set(new Uint32Array(decoded.slice().buffer)).size).toBeLessThanOrEqual(256);
  });

  test("of half blocks in any color, as a terminal shows them", async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (raster) => {
        const { cells, wraps } = await cellsOf(encodeBlocks(raster, 24), raster.width, Math.ceil(raster.height / 2));
        expect(wraps).toBe(false);
        expect(pixelsOf(cells).slice(0, raster.height)).toEqual(expectedPixels(raster, (hex) => `#${hex}`));
      }),
    );
  });

  test("of half blocks in 256 colors, each the nearest", async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (raster) => {
        const { cells } = await cellsOf(encodeBlocks(raster, 8), raster.width, Math.ceil(raster.height / 2));
        expect(pixelsOf(cells).slice(0, raster.height)).toEqual(
          expectedPixels(raster, (hex) =>
            String(nearestOf256([0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as never)),
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("no color of the 256 is nearer than the one that is chosen", () => {
    const levels = [0, 95, 135, 175, 215, 255];
    const palette = [
      ...levels.flatMap((r) => levels.flatMap((g) => levels.map((b) => [r, g, b]))),
      ...Array.from({ length: 24 }, (_, index) => [8 + 10 * index, 8 + 10 * index, 8 + 10 * index]),
    ];
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), (color) => {
        const distance = (other: readonly number[]): number =>
          other.reduce((sum, value, index) => sum + (value - color[index]!) ** 2, 0);
        const nearest = Math.min(...palette.map(distance));
        expect(distance(palette[nearestOf256(color) - 16]!)).toBe(nearest);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Sixels state a channel in hundredths: half of one is less than two of 255. */
const sixelTolerance = 2;

function expectedPixels({ width, height, data }: Raster, name: (hex: string) => string): string[][] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => {
      const at = (y * width + x) * 4;
      return data[at + 3]! < 128 ? "none" : name(Buffer.from(data.subarray(at, at + 3)).toString("hex"));
    }),
  );
}

describe("the protocol", () => {
  const truecolor = { TERM: "xterm-256color", COLORTERM: "truecolor" };

  test.for<[Environment, string | undefined]>([
    [{ TERM: "xterm-kitty", KITTY_WINDOW_ID: "1" }, "kitty"],
    [{ TERM: "xterm-ghostty", TERM_PROGRAM: "ghostty" }, "kitty"],
    [{ ...truecolor, KONSOLE_VERSION: "230401" }, "kitty"],
    [{ ...truecolor, KONSOLE_VERSION: "210800" }, "blocks24"],
    [{ ...truecolor, TERM_PROGRAM: "iTerm.app" }, "iterm2"],
    [{ ...truecolor, LC_TERMINAL: "iTerm2" }, "iterm2"],
    [{ ...truecolor, TERM_PROGRAM: "WezTerm" }, "iterm2"],
    [{ TERM: "foot" }, "sixel"],
    [{ TERM: "mlterm-256color" }, "sixel"],
    [truecolor, "blocks24"],
    [{ TERM: "xterm-256color" }, "blocks8"],
    [{ TERM: "vt100" }, undefined],
    [{ TERM: "xterm-kitty", KITTY_WINDOW_ID: "1", TMUX: "/run/tmux,1,0", COLORTERM: "truecolor" }, "blocks24"],
    [{ TERM: "screen-256color", TERM_PROGRAM: "iTerm.app" }, "blocks8"],
  ])("of %j is %s", ([environment, expected]) => {
    expect(detectProtocol({ environment, colors: true, reply: undefined })).toBe(expected);
  });

  test("is what the terminal says if the environment does not tell", () => {
    const reply = { hasKitty: false, hasSixel: true, cell: undefined };
    expect(detectProtocol({ environment: truecolor, colors: true, reply })).toBe("sixel");
    expect(detectProtocol({ environment: truecolor, colors: true, reply: { ...reply, hasKitty: true } })).toBe("kitty");
    // tmux passes sixels on, and nothing of kitty's protocol.
    const tmux = { ...truecolor, TMUX: "/run/tmux,1,0" };
    expect(detectProtocol({ environment: tmux, colors: true, reply: { ...reply, hasKitty: true } })).toBe("sixel");
  });

  test("is not of blocks without colors", () => {
    expect(detectProtocol({ environment: truecolor, colors: false, reply: undefined })).toBeUndefined();
  });
});

describe("a preview", () => {
  const image = (width: number, height: number, background: string): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();

  test("is not shown without a terminal, nor in a dumb one", async () => {
    const { stream } = terminal(80);
    expect(
      await openPreview({ stream: { ...stream, isTerminal: false }, environment: { TERM: "xterm-kitty" } }),
    ).toBeUndefined();
    expect(await openPreview({ stream, environment: { TERM: "dumb", COLORTERM: "truecolor" } })).toBeUndefined();
  });

  test.for([
    { name: "kitty", environment: { TERM: "xterm-kitty" } },
    { name: "iterm2", environment: { TERM: "xterm-256color", TERM_PROGRAM: "iTerm.app" } },
  ])("of $name has the images side by side, in their colors", async ({ name, environment }) => {
    const { stream, written } = terminal(80);
    const preview = await openPreview({ stream, environment });
    expect(preview?.protocol).toBe(name);
    await preview!.show([await image(50, 50, "#ff0000"), await image(9, 9, "#0000ff")]);
    const { png, rest } = name === "kitty" ? decodeKitty(written()) : decodeIterm2(written());
    expect(rest).toBe("\n");
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number): number[] => [...data.subarray((50 * info.width + x) * 4, (50 * info.width + x) * 4 + 4)];
    expect(at(10)).toEqual([255, 0, 0, 255]);
    expect(at(info.width - 10)).toEqual([0, 0, 255, 255]);
    expect(at(Math.floor(info.width / 2))[3]).toBe(0);
  });

  test.for([10, 20, 40, 80, 200])("of blocks fits a terminal of %i columns", async (columns) => {
    const { stream, written } = terminal(columns);
    const preview = await openPreview({ stream, environment: { TERM: "xterm-256color", COLORTERM: "truecolor" } });
    expect(preview?.protocol).toBe("blocks24");
    await preview!.show([await image(50, 25, "#ff0000"), await image(9, 9, "#0000ff"), await image(3, 9, "#00ff00")]);
    const lines = written().split("\n").length - 1;
    const { cells, wraps } = await cellsOf(written(), columns - 1, lines);
    expect(wraps).toBe(false);
    const shown = new Set(pixelsOf(cells).flat());
    expect([...shown].toSorted()).toEqual(["#0000ff", "#00ff00", "#ff0000", "none"]);
  });

  test("is sixels in a terminal that says so when it is asked, in the size of its characters", async () => {
    const { stream, written } = terminal(80);
    const keyboard = new EventEmitter();
    const input = Object.assign(keyboard, {
      setRawMode() {},
      resume: () => setImmediate(() => keyboard.emit("data", Buffer.from("\u001b[6;16;8t\u001b[?62;4c"))),
      pause() {},
      unshift() {},
    }) as unknown as TerminalInput;
    const environment = { TERM: "xterm-256color", COLORTERM: "truecolor" };
    const preview = await openPreview({ stream, environment, input });
    expect(preview?.protocol).toBe("sixel");
    await preview!.show([await image(50, 50, "#ff0000")]);
    const [, sequence = ""] = /\u001bP0;1;q([^\u001b]*)\u001b\\\n$/.exec(written()) ?? [];
    const { width, height } = decode(Buffer.from(sequence));
    expect({ width, height }).toEqual({ width: 40 * 8, height: 40 * 8 });
  });

  test("does not ask a terminal whose environment tells, or that prints what it does not understand", async () => {
    const input = { setRawMode: () => expect.unreachable("It was asked.") } as unknown as TerminalInput;
    const { stream, written } = terminal(80);
    for (const environment of [
      { TERM: "xterm-kitty" },
      { TERM: "linux" },
      { TERM: "xterm", TERM_PROGRAM: "Apple_Terminal" },
    ]) {
      await openPreview({ stream, environment, input });
    }
    expect(written()).toBe("");
  });

  test("shows nothing for no images", async () => {
    const { stream, written } = terminal(80);
    await (await openPreview({ stream, environment: { TERM: "xterm-kitty" } }))!.show([]);
    expect(written()).toBe("");
  });
});

test("images stand in as many rows as they need, at any width", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 400 }), (count, terminalColumns) => {
      const { perRow, imageColumns, columns } = layOutStrip(count, terminalColumns);
      expect(columns).toBeLessThanOrEqual(Math.max(1, terminalColumns - 1));
      expect(perRow).toBeGreaterThanOrEqual(1);
      expect(perRow).toBeLessThanOrEqual(count);
      expect(imageColumns).toBeGreaterThanOrEqual(1);
      expect(imageColumns).toBeLessThanOrEqual(40);
    }),
  );
});
