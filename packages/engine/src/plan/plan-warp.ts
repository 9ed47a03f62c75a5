import { blur } from "../analyse/blur.ts";
import { createGrid, gridSize, valueAt, type Grid } from "../analyse/grid.ts";
import { createRandom } from "../numbers/random.ts";
import type { Place } from "../transform/choose-view.ts";

/** Where in the view each place of the result lies. */
export type Warp = (place: Place) => Place;

export interface WarpOptions {
  readonly seed: number;
  readonly aspectRatio: number;
  /** How far places move, as a share of the width. */
  readonly amplitude: number;
  /** See {@link View.zoom}. */
  readonly zoom: number;
  readonly rigidityAt: (place: Place) => number;
  /** How strong a straight line runs there, 0 to 1. */
  readonly lineAt: (place: Place, direction: "horizontal" | "vertical") => number;
}

/** The share of the image over which neighbouring places move alike. */
const correlation = 0.3;
/** How much stiffer a fully rigid edge of the membrane is than the others. */
const stiffness = 300;
/** How much stiffer a membrane is along a straight line. */
const lineStiffness = 1000;
/** How weakly the membrane is pulled towards where chance wants it. */
const pull = 0.02;
/** Beyond this, texture looks stretched or squeezed. */
const leastArea = 0.45;
const attempts = 8;

/**
 * Moves the parts of the image smoothly and at random, without bending what is rigid: a membrane with a node for each cell
 * of a grid, whose edges keep their length the more, the more rigid the image is there.
 */
export function planWarp({ seed, aspectRatio, amplitude, zoom, rigidityAt, lineAt }: WarpOptions): Warp {
  const { width, height } = gridSize({ width: aspectRatio, height: 1 }, 32 * 32, 6);
  const rigidity = createGrid(width, height);
  const horizontalLines = createGrid(width, height);
  const verticalLines = createGrid(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = { x: x / (width - 1), y: y / (height - 1) };
      const node = y * width + x;
      rigidity.values[node] = rigidityAt(place);
      horizontalLines.values[node] = lineAt(place, "horizontal");
      verticalLines.values[node] = lineAt(place, "vertical");
    }
  }
  const noise = { x: drawNoise(seed, 77, width, height), y: drawNoise(seed, 78, width, height) };
  let reach = amplitude;
  for (let attempt = 0; attempt < attempts; attempt++, reach *= 0.7) {
    const along = settle({ rigidity, lines: verticalLines, noise: noise.x, reach, zoom, horizontal: true });
    const down = settle({
      rigidity,
      lines: horizontalLines,
      noise: noise.y,
      reach: reach * 0.7,
      zoom,
      horizontal: false,
    });
    if (smallestArea(along, down) < leastArea) continue;
    const inverse = invert(along, down);
    return ({ x, y }) => ({
      x: valueAt(inverse.x, x * (width - 1), y * (height - 1)),
      y: valueAt(inverse.y, x * (width - 1), y * (height - 1)),
    });
  }
  return (place) => place;
}

/** Smooth noise of standard deviation 1. */
function drawNoise(seed: number, stream: number, width: number, height: number): Grid {
  const random = createRandom(seed, stream);
  const white = createGrid(width, height);
  for (const cell of white.values.keys()) white.values[cell] = random.gaussian();
  const sigma = correlation * Math.min(width, height) * 0.5;
  const smooth = blur(blur(white, sigma), sigma);
  let sum = 0;
  for (const value of smooth.values) sum += value;
  const half = (0.5 * sum) / smooth.values.length;
  let squares = 0;
  for (const value of smooth.values) squares += (value - half) * (value - half);
  const deviation = Math.sqrt(squares / smooth.values.length) + 1e-9;
  for (const [cell, value] of smooth.values.entries()) smooth.values[cell] = (value - half) / deviation;
  return smooth;
}

interface Membrane {
  readonly rigidity: Grid;
  /** Lines that this coordinate must not bend. */
  readonly lines: Grid;
  readonly noise: Grid;
  readonly reach: number;
  readonly zoom: number;
  readonly horizontal: boolean;
}

/** One coordinate of each node at rest, by successive over-relaxation. */
function settle(membrane: Membrane): Grid {
  const { rigidity, noise, reach, zoom, horizontal } = membrane;
  const { width, height } = rigidity;
  const spacing = 1 / ((horizontal ? width : height) - 1);
  const nodes = createGrid(width, height);
  const at = nodes.values;
  const targets = new Float64Array(width * height);
  for (const node of at.keys()) {
    const x = node % width;
    const rest = (horizontal ? x : (node - x) / width) * spacing;
    at[node] = rest;
    targets[node] = rest + (noise.values[node] ?? 0) * reach;
  }
  const { right, below } = measureStiffness(membrane);
  const stepX = horizontal ? spacing : 0;
  const stepY = horizontal ? 0 : spacing;
  for (let iteration = 0; iteration < 140; iteration++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const isFixed = horizontal ? x === 0 || x === width - 1 : y === 0 || y === height - 1;
        if (isFixed) continue;
        const node = y * width + x;
        const own = at[node] ?? 0;
        let force = pull * (targets[node] ?? 0);
        let total = pull;
        const edge = (other: number, weight: number, step: number): void => {
          const position = at[other] ?? 0;
          force += weight * (position + step * zoom) + position + step;
          total += weight + 1;
        };
        if (x > 0) edge(node - 1, right[node - 1] ?? 0, stepX);
        if (x < width - 1) edge(node + 1, right[node] ?? 0, -stepX);
        if (y > 0) edge(node - width, below[node - width] ?? 0, stepY);
        if (y < height - 1) edge(node + width, below[node] ?? 0, -stepY);
        at[node] = own + 1.8 * (force / total - own);
      }
    }
  }
  return nodes;
}

/** How stiff the edge of each node to the right is, and that below. */
function measureStiffness({ rigidity, lines, horizontal }: Membrane): { right: Float64Array; below: Float64Array } {
  const { width, height } = rigidity;
  const right = new Float64Array(width * height);
  const below = new Float64Array(width * height);
  const stiff = (a: number, b: number): number => {
    const value = Math.max(rigidity.values[a] ?? 0, rigidity.values[b] ?? 0);
    return stiffness * value * value + 1e-6;
  };
  const straight = (a: number, b: number): number =>
    lineStiffness * Math.max(lines.values[a] ?? 0, lines.values[b] ?? 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const node = y * width + x;
      if (x < width - 1) right[node] = stiff(node, node + 1) + (horizontal ? 0 : straight(node, node + 1));
      if (y < height - 1) below[node] = stiff(node, node + width) + (horizontal ? straight(node, node + width) : 0);
    }
  }
  return { right, below };
}

/** The least area that a cell of the grid still has, 1 being what it had. */
function smallestArea(along: Grid, down: Grid): number {
  const { width, height } = along;
  let least = Infinity;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const node = y * width + x;
      const rightX = (along.values[node + 1] ?? 0) - (along.values[node] ?? 0);
      const rightY = (down.values[node + 1] ?? 0) - (down.values[node] ?? 0);
      const downX = (along.values[node + width] ?? 0) - (along.values[node] ?? 0);
      const downY = (down.values[node + width] ?? 0) - (down.values[node] ?? 0);
      least = Math.min(least, (rightX * downY - rightY * downX) * (width - 1) * (height - 1));
    }
  }
  return least;
}

/** Where each node of a regular grid lay before the membrane moved. */
function invert(along: Grid, down: Grid): { x: Grid; y: Grid } {
  const { width, height } = along;
  const x = createGrid(width, height);
  const y = createGrid(width, height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      x.values[row * width + column] = column / (width - 1);
      y.values[row * width + column] = row / (height - 1);
    }
  }
  const corner = (node: number): { x: number; y: number; column: number; row: number } => ({
    x: (along.values[node] ?? 0) * (width - 1),
    y: (down.values[node] ?? 0) * (height - 1),
    column: node % width,
    row: Math.floor(node / width),
  });
  for (let row = 0; row < height - 1; row++) {
    for (let column = 0; column < width - 1; column++) {
      const node = row * width + column;
      for (const nodes of [
        [node, node + 1, node + width],
        [node + width + 1, node + 1, node + width],
      ]) {
        const [a, b, c] = nodes.map(corner) as [Corner, Corner, Corner];
        const area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        if (Math.abs(area) < 1e-9) continue;
        const left = Math.max(0, Math.floor(Math.min(a.x, b.x, c.x)));
        const right = Math.min(width - 1, Math.floor(Math.max(a.x, b.x, c.x)) + 1);
        const top = Math.max(0, Math.floor(Math.min(a.y, b.y, c.y)));
        const bottom = Math.min(height - 1, Math.floor(Math.max(a.y, b.y, c.y)) + 1);
        for (let atY = top; atY <= bottom; atY++) {
          for (let atX = left; atX <= right; atX++) {
            const u = ((atX - a.x) * (c.y - a.y) - (c.x - a.x) * (atY - a.y)) / area;
            const v = ((b.x - a.x) * (atY - a.y) - (atX - a.x) * (b.y - a.y)) / area;
            if (u < -1e-3 || v < -1e-3 || u + v > 1.001) continue;
            const to = atY * width + atX;
            x.values[to] = (a.column * (1 - u - v) + b.column * u + c.column * v) / (width - 1);
            y.values[to] = (a.row * (1 - u - v) + b.row * u + c.row * v) / (height - 1);
          }
        }
      }
    }
  }
  return { x, y };
}

type Corner = { readonly x: number; readonly y: number; readonly column: number; readonly row: number };
