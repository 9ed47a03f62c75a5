import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileKernels, generatedKernels } from "../testing/compile-kernels.ts";
import { Arena } from "./arena.ts";
import { channelMax, patchSide, type Kernels } from "./kernels.ts";
import { createPlainKernels } from "./plain-kernels.ts";
import { createWasmKernels } from "./wasm-kernels.ts";

test("the compiled kernels are those of the source", async () => {
  expect(await readFile(generatedKernels, "utf8")).toBe(await compileKernels());
});

const bytes = 4_000_000;
const simd = await createWasmKernels(bytes);

interface Draw {
  /** An integer from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number;
}

/** Two arenas, whose kernels are given the same jobs, on the same bytes. */
class Twins {
  readonly #arenas: readonly Arena[];
  readonly width: number;
  readonly height: number;
  readonly draw: Draw;
  readonly #scratch: { readonly address: number; readonly length: number }[] = [];

  constructor(width: number, height: number, seed: number) {
    if (!simd) throw new Error("This runtime has no WASM SIMD.");
    const plain = createPlainKernels(bytes);
    new Uint8Array(simd.memory.buffer).fill(0);
    this.#arenas = [new Arena(plain), new Arena(simd)];
    for (const arena of this.#arenas) arena.allocate(arena.kernels.kind === "plain" ? 65_536 - 80 : 0);
    // Addresses are the same in both from here.
    const aligned = Math.max(...this.#arenas.map((arena) => arena.mark()));
    for (const arena of this.#arenas) arena.release(aligned);
    this.width = width;
    this.height = height;
    let state = seed | 1;
    this.draw = {
      integer: (low, high) => {
        state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
        state = (state ^ (state >>> 12)) + 0x9e3779b9;
        return low + ((state >>> 0) % (high - low + 1));
      },
    };
  }

  get across(): number {
    return this.width - patchSide + 1;
  }

  get down(): number {
    return this.height - patchSide + 1;
  }

  #allocate(
    length: number,
    write: (arena: Arena, address: number) => { set(values: number[]): void },
    values: number[],
  ) {
    const addresses = this.#arenas.map((arena) => {
      const address = arena.allocate(length);
      write(arena, address).set(values);
      return address;
    });
    return addresses[0]!;
  }

  #values(count: number, value: (i: number) => number): number[] {
    return Array.from({ length: count }, (_, i) => value(i));
  }

  bytes(count: number, value: (i: number) => number): number {
    return this.#allocate(count, (arena, address) => arena.bytes(address, count), this.#values(count, value));
  }

  shorts(count: number, value: (i: number) => number): number {
    return this.#allocate(count * 2, (arena, address) => arena.shorts(address, count), this.#values(count, value));
  }

  integers(count: number, value: (i: number) => number): number {
    return this.#allocate(count * 4, (arena, address) => arena.integers(address, count), this.#values(count, value));
  }

  floats(count: number, value: (i: number) => number): number {
    return this.#allocate(count * 4, (arena, address) => arena.floats(address, count), this.#values(count, value));
  }

  doubles(count: number, value: (i: number) => number): number {
    return this.#allocate(count * 8, (arena, address) => arena.doubles(address, count), this.#values(count, value));
  }

  /** An image of smooth and of rough places, half of it opaque. */
  image(width = this.width, height = this.height): number {
    const { integer } = this.draw;
    return this.shorts(width * height * 4, (i) => {
      const x = (i >> 2) % width;
      if (i % 4 === 3) return x < width / 2 ? channelMax : integer(0, channelMax);
      return x % 11 < 5 ? integer(0, channelMax) : 1000 + x * 3 + integer(0, 9);
    });
  }

  /** Space for 32-bit integers, in which the kernels may leave what they like. */
  scratch(count: number): number {
    const address = this.integers(count, () => 0);
    this.#scratch.push({ address, length: count * 4 });
    return address;
  }

  /** Whether both leave the same bytes. */
  agreeAfter(work: (kernels: Kernels) => void): boolean {
    for (const arena of this.#arenas) {
      work(arena.kernels);
      for (const { address, length } of this.#scratch) arena.bytes(address, length).fill(0);
    }
    const [plain, wasm] = this.#arenas.map((arena) => arena.bytes(65_536, arena.mark() - 65_536));
    return Buffer.compare(plain!, wasm!) === 0;
  }
}

/** Both kernels, given the same job on random bytes of random sizes. */
function bothAgree(name: string, work: (twins: Twins) => (kernels: Kernels) => void): void {
  test(`${name}`, () => {
    const sizes = fc.tuple(fc.integer({ min: 9, max: 40 }), fc.integer({ min: 9, max: 30 }), fc.integer());
    fc.assert(
      fc.property(sizes, ([width, height, seed]) => {
        const twins = new Twins(width, height, seed);
        return twins.agreeAfter(work(twins));
      }),
      { numRuns: 12 },
    );
  });
}

describe("the SIMD kernels and their plain twins give the same bits:", () => {
  bothAgree("reduce", (twins) => {
    const { width, height, draw } = twins;
    const factor = draw.integer(1, 4);
    const source = twins.bytes(width * height * 4, () => draw.integer(0, 255));
    const target = twins.shorts(width * height * 4, () => 0);
    const job = { source, sourceWidth: width, factor, target };
    return ({ reduce }) => reduce({ ...job, width: Math.floor(width / factor), rows: Math.floor(height / factor) });
  });

  bothAgree("resampleRows and resampleColumns", (twins) => {
    const { width, height, draw } = twins;
    const taps = draw.integer(1, 8);
    const source = twins.image();
    const target = twins.shorts(width * height * 4, () => 0);
    const first = twins.integers(Math.max(width, height), () => draw.integer(0, Math.min(width, height) - taps));
    const weights = twins.shorts(Math.max(width, height) * taps, () => draw.integer(-2000, 16_384));
    const job = { source, target, first, weights, taps, width, firstRow: 1, endRow: height - 1 };
    return ({ resampleRows, resampleColumns }) => {
      resampleRows({ ...job, sourceWidth: width });
      resampleColumns({ ...job, sourceHeight: height, firstRow: 0, endRow: 1 });
      resampleColumns({ ...job, sourceHeight: height, firstRow: height - 1, endRow: height });
    };
  });

  bothAgree("warp", (twins) => {
    const { width, height, draw } = twins;
    const [gridWidth, gridHeight] = [draw.integer(2, 9), draw.integer(2, 9)];
    const source = twins.image();
    const target = twins.shorts(width * height * 4, () => 0);
    const grid = twins.doubles(gridWidth * gridHeight * 2, () => draw.integer(-400, 4400) / 97);
    const weights = twins.shorts(257 * 4, () => draw.integer(-1000, 9000));
    const job = {
      source,
      sourceWidth: width,
      sourceHeight: height,
      target,
      width,
      height,
      grid,
      gridWidth,
      gridHeight,
    };
    return ({ warp }) => warp({ ...job, weights, firstRow: 0, endRow: height });
  });

  bothAgree("selfSimilarity", (twins) => {
    const { width, height, across, down, draw } = twins;
    const source = twins.image();
    const distances = twins.integers(across * down, () => 0x7fffffff);
    const scratch = twins.scratch(width * height + width * 2);
    const job = { source, width, height, exclusion: draw.integer(6, 8), distances, scratch };
    return ({ selfSimilarity }) => selfSimilarity({ ...job, firstRow: 0, endRow: down });
  });

  bothAgree("denoiseCosts and denoiseMeans", (twins) => {
    const { width, height, across, down, draw } = twins;
    const count = across * down;
    const radius = draw.integer(1, 6);
    const job = {
      noisy: twins.shorts(width * height * 4, () => draw.integer(-4000, 4000)),
      source: twins.image(),
      width,
      height,
      radius,
      locality: twins.floats(count, () => draw.integer(0, 100) / 300),
      keyLocality: twins.floats(count, () => draw.integer(0, 100) / 900),
      costScale: 1 / draw.integer(1000, 100_000_000),
      costs: twins.floats((2 * radius + 1) ** 2 * count, () => 0),
      least: twins.floats(count, () => 3e38),
      exponential: twins.integers(769, (i) => (i < 768 ? 512 - ((i * 512) >> 10) : 0)),
      sums: twins.integers(width * height * 4, () => 0),
      totals: twins.integers(count, () => 0),
      scratch: twins.scratch(width * height + width * 2),
    };
    const reach = Math.min(radius, down - 1);
    return ({ denoiseCosts, denoiseMeans }) => {
      denoiseCosts({ ...job, firstRow: -reach, endRow: reach + 1 });
      denoiseMeans({ ...job, firstRow: -reach, endRow: reach + 1 });
    };
  });

  bothAgree("leastCosts and exactMatch", (twins) => {
    const { width, height, across, down, draw } = twins;
    const count = across * down;
    const job = {
      query: twins.image(),
      key: twins.image(),
      width,
      height,
      active: twins.bytes(count, () => (draw.integer(0, 3) === 0 ? 0 : 1)),
      placeWeights: twins.floats(count, () => draw.integer(0, 100) / 77),
      keyWeights: twins.floats(count, () => draw.integer(0, 100) / 7),
      keyCosts: twins.floats(count, () => draw.integer(0, 5) * 1_000_003),
      strength: draw.integer(0, 30_000) / 3,
      keys: twins.floats(count, () => 3e38),
      best: twins.floats(count, () => 3e38),
      field: twins.integers(count, () => 0),
      scratch: twins.scratch(width * height + width * 2),
    };
    return ({ leastCosts, exactMatch }) => {
      leastCosts({ ...job, firstRow: 1 - down, endRow: down });
      exactMatch({ ...job, firstRow: 1 - down, endRow: down });
    };
  });

  bothAgree("search and vote", (twins) => {
    const { width, height, across, down, draw } = twins;
    const count = across * down;
    const cells = 5 * 4;
    const match = (): number => (draw.integer(0, down - 1) << 16) | draw.integer(0, across - 1);
    // Left and right halves that each move as one, as in a real field, and a few strays.
    const field = twins.integers(count, (i) => {
      const [x, y] = [i % across, Math.floor(i / across)];
      if (draw.integer(0, 30) === 0) return match();
      return (y << 16) | (x < across / 2 ? x : Math.max(0, x - 2));
    });
    const result = twins.integers(count, () => 0);
    const key = twins.image();
    const job = {
      query: draw.integer(0, 1) ? key : twins.image(),
      key,
      width,
      height,
      active: twins.bytes(count, () => (draw.integer(0, 5) === 0 ? 0 : 1)),
      field,
      result,
      prior: {
        strength: draw.integer(0, 100_000) / 3,
        placeWeights: twins.doubles(cells, () => draw.integer(0, 100) / 77),
        keyWeights: twins.doubles(cells, () => draw.integer(0, 100) / 7),
        keyCosts: twins.doubles(cells, () => draw.integer(0, 3) * 1_000_003),
        columns: twins.integers(across, (x) => Math.floor((x * 5) / across)),
        rows: twins.integers(down, (y) => Math.floor((y * 4) / down) * 5),
      },
      radius: draw.integer(1, 4),
      goodEnough: draw.integer(0, 5000),
    };
    const voting = {
      source: key,
      target: twins.shorts(width * height * 4, () => 0),
      width,
      height,
      weights: twins.integers(patchSide, (i) => 20 + 30 * Math.min(i, 6 - i)),
      scratch: twins.scratch(width),
    };
    const middle = draw.integer(1, height - 1);
    return ({ search, vote, kind }) => {
      search({ ...job, firstRow: 0, endRow: down });
      const ends = kind === "plain" ? [middle, height] : [height];
      let firstRow = 0;
      for (const matches of [field, result]) {
        for (const endRow of ends) {
          vote({ ...voting, field: matches, firstRow, endRow });
          firstRow = endRow % height;
        }
      }
    };
  });

  bothAgree("tone", (twins) => {
    const { width, height, draw } = twins;
    const nodes = 21;
    const job = {
      source: twins.image(),
      target: twins.bytes(width * height * 4, () => 0),
      width,
      height,
      tables: twins.shorts(nodes * nodes * nodes * 8, () => draw.integer(0, channelMax)),
      nodes,
      origin: draw.integer(-0x800000, 0x1000000),
      across: draw.integer(-400_000, 400_000),
      down: draw.integer(-400_000, 400_000),
    };
    return ({ tone }) => tone({ ...job, firstRow: 0, endRow: height });
  });
});
