import type { Arena } from "../kernels/arena.ts";
import { channelMax, patchSide, type PriorAddresses } from "../kernels/kernels.ts";
import type { Layout } from "../layout/layout.ts";
import type { Size } from "./levels.ts";

/** How strongly patches keep to their places. */
const placeStrength = 0.06;
/** How much more what is unique keeps to its place. */
const uniqueStrength = 60;

/** A patch of an object that was moved must be much better than all others to be used elsewhere. */
const takenDifference = 0.15;

/** What the patches of one level have to start from, in the kernels' memory. */
export interface Patches {
  readonly across: number;
  readonly down: number;
  /** See {@link MatchJob}. */
  readonly active: number;
  readonly prior: PriorAddresses;
  /** The same prior, for matching without a search: see {@link ExactMatchJob}. */
  readonly priorStrength: number;
  readonly placeWeights: Float64Array;
  readonly keyWeights: Float64Array;
  readonly keyCosts: Float64Array;
  readonly cellOf: (x: number, y: number) => number;
  /** The match that a patch has where it keeps what the layout says. */
  readonly heldMatch: (x: number, y: number) => number;
}

/** Describes the patches of a level of this size. `depths` is from {@link measureDepths}. */
export function describePatches(arena: Arena, layout: Layout, depths: Float64Array, { width, height }: Size): Patches {
  const across = width - patchSide + 1;
  const down = height - patchSide + 1;
  const columns = arena.allocate(across * 4);
  const rows = arena.allocate(down * 4);
  const columnOf = arena.integers(columns, across);
  const rowOf = arena.integers(rows, down);
  for (const x of columnOf.keys()) {
    columnOf[x] = Math.min(layout.width - 1, Math.floor(((x + patchSide / 2) * layout.width) / width));
  }
  for (const y of rowOf.keys()) {
    rowOf[y] = Math.min(layout.height - 1, Math.floor(((y + patchSide / 2) * layout.height) / height)) * layout.width;
  }
  const weights = weighCells(layout);
  const priorStrength = (placeStrength * channelMax * channelMax * patchSide * patchSide * 3) / (across * down);
  const prior: PriorAddresses = {
    strength: priorStrength,
    placeWeights: writeDoubles(arena, weights.placeWeights),
    keyWeights: writeDoubles(arena, weights.keyWeights),
    keyCosts: writeDoubles(arena, weights.keyCosts),
    columns,
    rows,
  };
  const active = arena.allocate(across * down);
  const isActive = arena.bytes(active, across * down);
  // A patch is held if all that it covers, and a little more, is pinned to one offset.
  const cellsCovered = (patchSide / 2 / width) * layout.width + 0.5;
  for (const [y, row] of rowOf.entries()) {
    for (const [x, column] of columnOf.entries()) {
      isActive[y * across + x] = (depths[row + column] ?? 0) > cellsCovered ? 0 : 1;
    }
  }
  const cellOf = (x: number, y: number): number => (rowOf[y] ?? 0) + (columnOf[x] ?? 0);
  return {
    across,
    down,
    active,
    prior,
    priorStrength,
    ...weights,
    cellOf,
    heldMatch: (x, y) => {
      const cell = cellOf(x, y);
      const keyX = x - Math.round(((layout.movedX[cell] ?? 0) * width) / layout.width);
      const keyY = y - Math.round(((layout.movedY[cell] ?? 0) * height) / layout.height);
      return (Math.max(0, Math.min(down - 1, keyY)) << 16) | Math.max(0, Math.min(across - 1, keyX));
    },
  };
}

/** What the prior weighs with, cell by cell of the layout. */
function weighCells(layout: Layout): Pick<Patches, "placeWeights" | "keyWeights" | "keyCosts"> {
  const takenCost = takenDifference * takenDifference * channelMax * channelMax * patchSide * patchSide * 3;
  return {
    placeWeights: layout.placeWeights,
    keyWeights: layout.rigidity.map((value) => value * value * (value * value) * uniqueStrength),
    keyCosts: Float64Array.from(layout.taken, (isTaken) => isTaken * takenCost),
  };
}

function writeDoubles(arena: Arena, values: Float64Array): number {
  const address = arena.allocate(values.length * 8);
  arena.doubles(address, values.length).set(values);
  return address;
}

/** How many cells away from each cell the nearest one is that is not pinned, or was moved differently. */
export function measureDepths({ width, height, pins, movedX, movedY }: Layout): Float64Array {
  const depths = new Float64Array(width * height);
  const far = Math.max(width, height);
  for (const cell of depths.keys()) {
    const x = cell % width;
    const y = (cell - x) / width;
    if ((pins[cell] ?? 0) <= 0.98) continue;
    depths[cell] = far;
    for (let row = Math.max(0, y - 4); row <= Math.min(height - 1, y + 4); row++) {
      for (let column = Math.max(0, x - 4); column <= Math.min(width - 1, x + 4); column++) {
        const other = row * width + column;
        const isSame = (pins[other] ?? 0) > 0.98 && movedX[other] === movedX[cell] && movedY[other] === movedY[cell];
        if (!isSame) depths[cell] = Math.min(depths[cell] ?? 0, Math.max(Math.abs(row - y), Math.abs(column - x)));
      }
    }
  }
  return depths;
}
