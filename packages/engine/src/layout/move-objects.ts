import type { Random } from "../numbers/random.ts";
import type { Layout } from "./layout.ts";

/** Above this rigidity, cells belong to an object. */
const objectThreshold = 0.55;
/** What lies beside an object belongs to it above this rigidity: its softer edge, its shadow. */
const rimThreshold = 0.35;
const smallestObject = 0.0015;
const largestObject = 0.09;
/** How much the background may differ, and vary, where an object is put, as a share of the image's contrast. */
const backgroundTolerance = 0.12;
const varietyTolerance = 0.3;
const tries = 60;

/** Moves small objects to places whose background is like their own; the holes are filled smoothly. */
export function moveObjects(layout: Layout, random: Random, freedom: number): void {
  const { width, height, colours, pins, rigidity, movedX, movedY, placeWeights } = layout;
  const cells = width * height;
  const objects = findObjects(layout).filter((cellsOfIt) => {
    const share = cellsOfIt.length / cells;
    // Drawn for each object, so that which of them move does not depend on the others.
    const chance = random.uniform();
    const touchesBorder = cellsOfIt.some((cell) => isBorder(cell, width, height));
    return !touchesBorder && share > smallestObject && share < largestObject && chance < 0.35 + 0.65 * freedom;
  });
  const masks = objects.map((object) => grow(object, layout)).filter((mask) => isAlone(mask, layout));
  if (masks.length === 0) return;

  const contrast = contrastOf(colours);
  const original = colours.slice();
  const hole = new Uint8Array(cells);
  for (const mask of masks) for (const cell of mask) hole[cell] = 1;
  fillHoles(layout, hole);
  const { background } = layout;
  background.set(colours);
  const occupied = Uint8Array.from(rigidity, (value, cell) => (value > objectThreshold && !hole[cell] ? 1 : 0));
  for (const [cell, isHole] of hole.entries()) {
    if (!isHole) continue;
    pins[cell] = 0;
    placeWeights[cell] = 0.04;
  }
  for (const mask of masks) {
    const around = meanAround({ mask, colours: original, hole, tolerance: varietyTolerance * contrast }, layout);
    const tolerance = backgroundTolerance * contrast;
    const move = around && findPlace(mask, around, { layout, tolerance, occupied, random, freedom });
    const { x: dx, y: dy } = move ?? { x: 0, y: 0 };
    for (const cell of mask) {
      const to = cell + dy * width + dx;
      colours.set(original.subarray(cell * 4, cell * 4 + 4), to * 4);
      movedX[to] = dx;
      movedY[to] = dy;
      pins[to] = 1;
      placeWeights[to] = 1;
      occupied[to] = 1;
      if ((dx !== 0 || dy !== 0) && (rigidity[cell] ?? 0) > rimThreshold) layout.taken[cell] = 1;
    }
  }
}

function isBorder(cell: number, width: number, height: number): boolean {
  const x = cell % width;
  const y = (cell - x) / width;
  return x === 0 || y === 0 || x === width - 1 || y === height - 1;
}

function neighbours(cell: number, width: number, height: number): number[] {
  const x = cell % width;
  const found: number[] = [];
  if (x > 0) found.push(cell - 1);
  if (x < width - 1) found.push(cell + 1);
  if (cell >= width) found.push(cell - width);
  if (cell < width * (height - 1)) found.push(cell + width);
  return found;
}

/** The connected groups of rigid cells. */
function findObjects({ width, height, rigidity }: Layout): number[][] {
  const seen = new Uint8Array(width * height);
  const objects: number[][] = [];
  for (const start of seen.keys()) {
    if (seen[start] || (rigidity[start] ?? 0) <= objectThreshold) continue;
    const object = [start];
    seen[start] = 1;
    for (const cell of object) {
      for (const next of neighbours(cell, width, height)) {
        if (seen[next] || (rigidity[next] ?? 0) <= objectThreshold) continue;
        seen[next] = 1;
        object.push(next);
      }
    }
    objects.push(object);
  }
  return objects;
}

/** An object with its rim, and one cell of background round it. */
function grow(object: readonly number[], { width, height, rigidity }: Layout): number[] {
  const mask = new Set(object);
  for (let ring = 0; ring < 3; ring++) {
    const known = [...mask];
    for (const cell of known) {
      for (const next of neighbours(cell, width, height)) {
        if (ring === 2 || (rigidity[next] ?? 0) > rimThreshold) mask.add(next);
      }
    }
  }
  return [...mask].toSorted((a, b) => a - b);
}

/** Whether nothing rigid touches it: then moving it splits nothing. */
function isAlone(mask: readonly number[], { width, height, rigidity }: Layout): boolean {
  const inside = new Set(mask);
  return mask.every(
    (cell) =>
      !isBorder(cell, width, height) &&
      neighbours(cell, width, height).every((next) => inside.has(next) || (rigidity[next] ?? 0) < objectThreshold),
  );
}

/** Fills holes with what stands round them: far apart first, then by relaxation. */
function fillHoles({ width, height, colours }: Layout, hole: Uint8Array): void {
  const rim: number[] = [];
  for (const [cell, isHole] of hole.entries()) {
    if (!isHole && neighbours(cell, width, height).some((next) => hole[next])) rim.push(cell);
  }
  for (let channel = 0; channel < 4; channel++) {
    let sum = 0;
    for (const cell of rim) sum += colours[cell * 4 + channel] ?? 0;
    for (const [cell, isHole] of hole.entries()) {
      if (isHole) colours[cell * 4 + channel] = rim.length === 0 ? 0 : sum / rim.length;
    }
  }
  for (let iteration = 0; iteration < 160; iteration++) {
    for (const [cell, isHole] of hole.entries()) {
      if (!isHole) continue;
      const around = neighbours(cell, width, height);
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (const next of around) sum += colours[next * 4 + channel] ?? 0;
        colours[cell * 4 + channel] = sum / around.length;
      }
    }
  }
}

/** The standard deviation of all channels. */
function contrastOf(colours: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const [i, value] of colours.entries()) {
    if (i % 4 === 3) continue;
    sum += value;
    squares += value * value;
  }
  const count = (colours.length / 4) * 3;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) * (sum / count)));
}

interface Surroundings {
  readonly mask: readonly number[];
  readonly colours: Float64Array;
  readonly hole: Uint8Array;
  readonly tolerance: number;
}

/** The mean colour in the two rings round a mask, or undefined where that varies too much to be found elsewhere. */
function meanAround(
  { mask, colours, hole, tolerance }: Surroundings,
  { width, height }: Layout,
): readonly number[] | undefined {
  const inside = new Set(mask);
  const ring = new Set<number>();
  for (const cell of mask) {
    for (const next of neighbours(cell, width, height)) {
      for (const far of [next, ...neighbours(next, width, height)]) if (!inside.has(far) && !hole[far]) ring.add(far);
    }
  }
  if (ring.size === 0) return undefined;
  const channels = [0, 1, 2, 3];
  const means = channels.map((channel) => {
    let sum = 0;
    for (const cell of ring) sum += colours[cell * 4 + channel] ?? 0;
    return sum / ring.size;
  });
  let deviation = 0;
  for (const cell of ring) {
    for (const channel of channels) deviation += Math.abs((colours[cell * 4 + channel] ?? 0) - (means[channel] ?? 0));
  }
  return deviation / (ring.size * 3) < tolerance ? means : undefined;
}

interface Search {
  readonly layout: Layout;
  readonly tolerance: number;
  readonly occupied: Uint8Array;
  readonly random: Random;
  readonly freedom: number;
}

/** By how much to move a mask so that it stands on a background like its own, or undefined if no such place was found. */
function findPlace(
  mask: readonly number[],
  around: readonly number[],
  { layout: { width, height, background }, tolerance, occupied, random, freedom }: Search,
): { x: number; y: number } | undefined {
  for (let attempt = 0; attempt < tries; attempt++) {
    const y = Math.floor(random.gaussian() * 0.1125 * height * freedom + 0.5);
    const x = Math.floor(random.gaussian() * 0.225 * width * freedom + 0.5);
    let difference = 0;
    const fits = mask.every((cell) => {
      const toX = (cell % width) + x;
      const toY = Math.floor(cell / width) + y;
      if (toX < 1 || toY < 1 || toX >= width - 1 || toY >= height - 1) return false;
      const to = toY * width + toX;
      for (let channel = 0; channel < 4; channel++) {
        difference += Math.abs((background[to * 4 + channel] ?? 0) - (around[channel] ?? 0));
      }
      return !occupied[to];
    });
    if (fits && difference / (mask.length * 3) < tolerance) return { x, y };
  }
  return undefined;
}
