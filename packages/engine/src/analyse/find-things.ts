import { createGrid, type Grid } from "./grid.ts";

/** How far, as a share of the shorter side, the ground of a place is looked for. */
const groundReach = 0.26;
/** What differs so much from its ground, as a share of the range of brightness, stands out. */
const standsOut = 0.15;
/** The sizes of things, as shares of the image. */
const smallestThing = 0.003;
const largestThing = 0.05;
/** The least share of its box that a thing fills; the spots of fur and foliage fill less. */
const leastFill = 0.6;
/** So many of them, which are so much of all that stands out, and so much of the image, are a set. */
const leastThings = 8;
const leastShare = 0.5;
const leastCover = 0.12;

/**
 * Where things of a set lie on their ground, like coins on a table: 1, elsewhere 0. They look like each other, so uniqueness
 * does not tell them from texture; but texture may be taken to pieces, and a coin may not.
 */
export function findThings(light: Grid): Grid {
  const { width, height } = light;
  const ground = localMedian(light, Math.round(groundReach * Math.min(width, height)));
  const marks = light.values.map((value, cell) => (Math.abs(value - (ground[cell] ?? 0)) > standsOut ? 1 : 0));
  const groups = connectedGroups(marks, width);
  const area = width * height;
  const things = groups.filter(
    (group) =>
      group.length >= smallestThing * area && group.length <= largestThing * area && fillOf(group, width) >= leastFill,
  );
  const cover = things.reduce((sum, { length }) => sum + length, 0);
  const marked = groups.reduce((sum, { length }) => sum + length, 0);
  const result = createGrid(width, height);
  if (things.length < leastThings || cover < leastShare * marked || cover < leastCover * area) return result;
  for (const thing of things) for (const cell of thing) result.values[cell] = 1;
  return result;
}

function fillOf(group: readonly number[], width: number): number {
  const columns = group.map((cell) => cell % width);
  const rows = group.map((cell) => Math.floor(cell / width));
  const extent = (places: readonly number[]): number => Math.max(...places) - Math.min(...places) + 1;
  return group.length / (extent(columns) * extent(rows));
}

const shades = 64;

/** The median brightness of the square round each cell. */
function localMedian({ width, height, values }: Grid, radius: number): Float64Array {
  const shadeOf = Uint8Array.from(values, (value) => Math.max(0, Math.min(shades - 1, Math.floor(value * shades))));
  const medians = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    const histogram = new Int32Array(shades);
    let count = 0;
    const addColumn = (x: number, sign: 1 | -1): void => {
      if (x < 0 || x >= width) return;
      for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
        const shade = shadeOf[row * width + x] ?? 0;
        histogram[shade] = (histogram[shade] ?? 0) + sign;
        count += sign;
      }
    };
    for (let x = 0; x < radius; x++) addColumn(x, 1);
    for (let x = 0; x < width; x++) {
      addColumn(x + radius, 1);
      addColumn(x - radius - 1, -1);
      let [shade, below] = [0, histogram[0] ?? 0];
      while (below * 2 < count) below += histogram[++shade] ?? 0;
      medians[y * width + x] = (shade + 0.5) / shades;
    }
  }
  return medians;
}

/** The groups of marked cells that touch each other. */
function connectedGroups(marks: Float64Array | Float32Array, width: number): number[][] {
  const rest = marks.slice();
  const groups: number[][] = [];
  for (const start of rest.keys()) {
    if (!rest[start]) continue;
    rest[start] = 0;
    const group = [start];
    for (const cell of group) {
      const x = cell % width;
      for (const next of [cell - width, x > 0 ? cell - 1 : -1, x < width - 1 ? cell + 1 : -1, cell + width]) {
        if (!rest[next]) continue;
        rest[next] = 0;
        group.push(next);
      }
    }
    groups.push(group);
  }
  return groups;
}
