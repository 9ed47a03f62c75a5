import type { Arena, Raster } from "../kernels/arena.ts";
import { channelMax, patchSide, type ExactMatchJob } from "../kernels/kernels.ts";
import type { Layout } from "../layout/layout.ts";
import { exp } from "../numbers/elementary.ts";
import { resample } from "../transform/resample.ts";
import { bands, type Work } from "../work/work.ts";
import { levelSizes } from "./levels.ts";
import { describePatches, measureDepths, type Patches } from "./patches.ts";

/** How much likeness counts against completeness: small values make every part of the image appear. */
const completeness = 0.01;
/** A root mean square difference of two thirds of a step of 255 is as good as none. */
const goodEnough = 5.4 * 5.4 * patchSide * patchSide * 3;

/**
 * Makes the layout at full size from patches of the view, from coarse to fine: each level takes the matches of the one
 * before, and looks for better ones round them.
 *
 * @param report Called with the share of the work that is done.
 */
export function* synthesise(arena: Arena, view: Raster, layout: Layout, report: (done: number) => void): Work<Raster> {
  const depths = measureDepths(layout);
  if (depths.every((depth) => depth > patchSide)) return view;
  const sizes = levelSizes(layout, view);
  const workspace = createWorkspace(arena, view);
  const mark = arena.mark();
  const sources = yield* createPyramid(arena, view, sizes);

  let coarser: Level | undefined;
  let current = drawLayout(arena, layout, workspace.images[0]);
  let done = 0;
  const total = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  for (const source of sources) {
    const inner = arena.mark();
    const level = { source, patches: describePatches(arena, layout, depths, source) };
    current = coarser
      ? yield* refine(arena, workspace, current, { coarser, finer: level })
      : yield* begin(arena, workspace, current, level);
    coarser = level;
    arena.release(inner);
    done += source.width * source.height;
    report(done / total);
  }
  arena.release(mark);
  return current;
}

interface Workspace {
  /** Two images of full size: one is made from the other. */
  readonly images: readonly [Raster, Raster];
  /** The matches so far, and room for others. */
  readonly field: number;
  readonly otherField: number;
  /** How much the pixels of a patch count when patches are blended, along one direction. */
  readonly weights: number;
}

interface Level {
  readonly source: Raster;
  readonly patches: Patches;
}

function createWorkspace(arena: Arena, { width, height }: Raster): Workspace {
  const images = [arena.raster(width, height), arena.raster(width, height)] as const;
  const field = arena.allocate(width * height * 4);
  const otherField = arena.allocate(width * height * 4);
  const weights = arena.allocate(patchSide * 4);
  arena.integers(weights, patchSide).forEach((_, i, all) => {
    const distance = i - (patchSide - 1) / 2;
    all[i] = Math.round(127 * exp((-distance * distance) / (2 * (0.25 * patchSide) * (0.25 * patchSide))));
  });
  return { images, field, otherField, weights };
}

/** The view at each size, from small to large. */
function* createPyramid(
  arena: Arena,
  view: Raster,
  sizes: readonly { readonly width: number; readonly height: number }[],
): Work<Raster[]> {
  const sources = [view];
  let larger = view;
  for (const { width, height } of sizes.slice(0, -1).toReversed()) {
    larger = yield* resample(arena, larger, width, height);
    sources.unshift(larger);
  }
  return sources;
}

function drawLayout(arena: Arena, { width, height, colours }: Layout, { address }: Raster): Raster {
  const image: Raster = { address, width, height };
  arena.pixels(image).forEach((_, i, pixels) => {
    pixels[i] = Math.round(Math.max(0, Math.min(1, colours[i] ?? 0)) * channelMax);
  });
  return image;
}

/** Makes the layout itself out of patches. */
function* begin(arena: Arena, workspace: Workspace, layout: Raster, { source, patches }: Level): Work<Raster> {
  const { field, weights } = workspace;
  let current = layout;
  for (let round = 0; round < 2; round++) {
    const next = otherImage(workspace, current, source);
    yield* matchExactly(arena, { query: current, key: source, patches, field });
    yield* blend(arena, { source, target: next, field, weights });
    current = next;
  }
  return current;
}

/** Makes an image of the next size from one that is made already. */
function* refine(
  arena: Arena,
  workspace: Workspace,
  current: Raster,
  { coarser, finer: { source, patches } }: { readonly coarser: Level; readonly finer: Level },
): Work<Raster> {
  const { field, otherField, weights } = workspace;
  const { width, height } = source;
  const next = otherImage(workspace, current, source);
  const query = yield* resample(arena, current, width, height);
  const key = yield* resample(arena, coarser.source, width, height);
  const scale = width / coarser.source.width;
  enlargeField(arena, { from: field, before: coarser.patches, to: otherField, patches, scale });
  yield* improve(arena, { query, key, patches, field: otherField, result: field });
  yield* blend(arena, { source, target: next, field, weights });
  return next;
}

function otherImage({ images: [first, second] }: Workspace, current: Raster, { width, height }: Raster): Raster {
  return { address: (current.address === first.address ? second : first).address, width, height };
}

interface Matching {
  readonly query: Raster;
  readonly key: Raster;
  readonly patches: Patches;
  readonly field: number;
}

/** Compares every patch with every other. What has no match yet is served first, so that nothing is lost. */
function* matchExactly(arena: Arena, matching: Matching): Work<void> {
  const { across, down } = matching.patches;
  const count = across * down;
  const mark = arena.mark();
  const job = describeMatching(arena, matching);
  const factors = arena.floats(job.keys, count);
  for (let row = 1 - down; row < down; row++) {
    arena.kernels.leastCosts({ ...job, firstRow: row, endRow: row + 1 });
    yield;
  }
  const floor = completeness * channelMax * channelMax * patchSide * patchSide * 3;
  factors.forEach((least, i) => {
    factors[i] = 1 / (least + floor);
  });
  arena.floats(job.best, count).fill(3e38);
  for (let row = 1 - down; row < down; row++) {
    arena.kernels.exactMatch({ ...job, firstRow: row, endRow: row + 1 });
    yield;
  }
  arena.release(mark);
}

/** Writes down, patch by patch, what the kernels ask for; all patches start from the matches that they are held to. */
function describeMatching(
  arena: Arena,
  { query, key, patches, field }: Matching,
): Omit<ExactMatchJob, "firstRow" | "endRow"> {
  const { across, down, active, cellOf, placeWeights, keyWeights, keyCosts, priorStrength } = patches;
  const { width, height } = query;
  const count = across * down;
  const [keys, best, places, uniques, costs] = Array.from({ length: 5 }, () => arena.allocate(count * 4)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const factors = arena.floats(keys, count).fill(3e38);
  const matches = arena.integers(field, count);
  const isActive = arena.bytes(active, count);
  const placeOf = arena.floats(places, count);
  const uniqueOf = arena.floats(uniques, count);
  const costOf = arena.floats(costs, count);
  for (let patch = 0; patch < count; patch++) {
    const x = patch % across;
    const y = (patch - x) / across;
    const match = patches.heldMatch(x, y);
    matches[patch] = match;
    if (isActive[patch] === 0) factors[(match >> 16) * across + (match & 0xffff)] = 0;
    const cell = cellOf(x, y);
    placeOf[patch] = placeWeights[cell] ?? 0;
    uniqueOf[patch] = keyWeights[cell] ?? 0;
    costOf[patch] = keyCosts[cell] ?? 0;
  }
  return {
    query: query.address,
    key: key.address,
    width,
    height,
    active,
    placeWeights: places,
    keyWeights: uniques,
    keyCosts: costs,
    strength: priorStrength,
    keys,
    best,
    field,
    scratch: arena.allocate((width * height + 2 * width) * 4),
  };
}

interface Enlargement {
  readonly from: number;
  readonly before: Patches;
  readonly to: number;
  readonly patches: Patches;
  readonly scale: number;
}

/** Takes each match from the patch of the coarser level that lies nearest, with the same offset. */
function enlargeField(arena: Arena, { from, before, to, patches, scale }: Enlargement): void {
  const coarse = arena.integers(from, before.across * before.down);
  const { across, down, active, heldMatch } = patches;
  const fine = arena.integers(to, across * down);
  const isActive = arena.bytes(active, across * down);
  const half = patchSide / 2;
  const centre = (i: number): number => (i + half) / scale - half;
  const near = (i: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(centre(i) + 0.5)));
  for (let y = 0; y < down; y++) {
    const fromY = near(y, before.down);
    const restY = centre(y) - fromY;
    for (let x = 0; x < across; x++) {
      const patch = y * across + x;
      if (isActive[patch] === 0) {
        fine[patch] = heldMatch(x, y);
        continue;
      }
      const fromX = near(x, before.across);
      const match = coarse[fromY * before.across + fromX] ?? 0;
      const keyX = Math.floor(((match & 0xffff) + half + centre(x) - fromX) * scale - half + 0.5);
      const keyY = Math.floor(((match >> 16) + half + restY) * scale - half + 0.5);
      fine[patch] = (Math.max(0, Math.min(down - 1, keyY)) << 16) | Math.max(0, Math.min(across - 1, keyX));
    }
  }
}

/** Searches round each match, and at what its neighbours' matches suggest. */
function* improve(
  arena: Arena,
  { query, key, patches, field, result }: Matching & { readonly result: number },
): Work<void> {
  const { across, down, active, prior } = patches;
  const { width, height } = query;
  const radius = radiusFor(width * height);
  for (const band of bands(down, 60_000 / (across * (2 * radius + 1)))) {
    arena.kernels.search({
      ...band,
      query: query.address,
      key: key.address,
      width,
      height,
      active,
      field,
      result,
      prior,
      radius,
      goodEnough,
    });
    yield;
  }
}

/** Small levels decide what goes where; large ones only where exactly. */
function radiusFor(area: number): number {
  if (area <= 128 * 128) return 4;
  return area <= 256 * 256 ? 2 : 1;
}

interface Blending {
  readonly source: Raster;
  readonly target: Raster;
  readonly field: number;
  readonly weights: number;
}

function* blend(arena: Arena, { source, target, field, weights }: Blending): Work<void> {
  const { width, height } = target;
  const mark = arena.mark();
  const scratch = arena.allocate(width * 4);
  for (const band of bands(height, 60_000 / width)) {
    arena.kernels.vote({
      ...band,
      source: source.address,
      target: target.address,
      width,
      height,
      field,
      weights,
      scratch,
    });
    yield;
  }
  arena.release(mark);
}
