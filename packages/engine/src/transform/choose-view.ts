import type { Surface } from "../analyse/measure-surface.ts";
import { cos, exp, sin } from "../numbers/elementary.ts";
import type { Margins } from "./measure-margins.ts";
import { createRandom, spread, spreadSteps, type Random } from "../numbers/random.ts";

/** A place in an image, as shares of its width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** From which point, how near and at which angle the image is looked at. */
export interface View {
  /** How much larger rigid parts become, at the cost of what may be re-made. */
  readonly zoom: number;
  /** Where in the image a place of the view lies. */
  readonly placeOf: (place: Place) => Place;
}

export interface ViewOptions {
  readonly seed: number;
  /** From 0 (the image as it is), 1 being much. */
  readonly reach: number;
  readonly flip: boolean;
  readonly aspectRatio: number;
  readonly surface: Surface;
  /** The mean rigidity. */
  readonly rigidity: number;
  /** How much of each side may be cut off. */
  readonly margins: Margins;
  /** Boxes of the image, as shares, that must stay in view: text. */
  readonly kept: readonly {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }[];
}

const cutOffMargin = 0.005;
/** Cutting off so much more than the margins, as a share of the image, is not seen. */
const bearableExcess = 0.02;

/** Draws a view: crop, mirror, rotation, perspective, aspect ratio and zoom, each as far as `reach` and what must stay allow. */
export function chooseView(options: ViewOptions): View {
  // What the border cuts off already is not worth keeping in view.
  const whole = options.kept.filter(
    ({ left, top, right, bottom }) => Math.min(left, top) > cutOffMargin && Math.max(right, bottom) < 1 - cutOffMargin,
  );
  const corners = whole.flatMap(({ left, top, right, bottom }) => [
    { x: left, y: top },
    { x: right, y: top },
    { x: left, y: bottom },
    { x: right, y: bottom },
  ]);
  for (const turn of [1, 0.7, 0.4]) {
    for (const crop of [1, 0.75, 0.5, 0.25]) {
      const { view, excess } = drawView(options, { crop: crop * turn, turn });
      if (excess <= bearableExcess && corners.every((corner) => shows(view, corner))) return view;
    }
  }
  return drawView(options, { crop: 0, turn: 0 }).view;
}

/** Whether a place of the image lies in the view, whose edges are straight lines in the image. */
function shows({ placeOf }: View, { x, y }: Place): boolean {
  const edges = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0, y: 1 },
  ].map(placeOf);
  let sides = 0;
  for (const [i, from] of edges.entries()) {
    const to = edges[(i + 1) % 4] ?? from;
    sides += (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) > -1e-9 ? 1 : -1;
  }
  return Math.abs(sides) === 4;
}

/** How much of the reach is used to come closer, and to turn and tilt: 0 to 1. */
interface Shares {
  readonly crop: number;
  readonly turn: number;
}

/** A view, and by how much it cuts off more than the margins allow. */
function drawView(options: ViewOptions, shares: Shares): { readonly view: View; readonly excess: number } {
  const { seed, flip, aspectRatio, surface, rigidity, margins } = options;
  const random = createRandom(seed, 1);
  const reach = options.reach * shares.turn;
  const approach = options.reach * shares.crop;
  const { graphics, extendable } = surface;
  const crop = extendable
    ? 1 + (random.uniform() * 0.3 - 0.12) * approach
    : 1 - Math.min(0.5, random.between(0.02, 0.17) * approach * (1 - 0.5 * graphics));
  const zoom = exp((spread(seed, spreadSteps.zoom) * 2 - 1) * 0.16 * reach * (1 - graphics) * (1 - rigidity));
  const project = drawProjection(random, reach, aspectRatio);
  const corners = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 0, y: 1 },
    { x: 1, y: 1 },
  ].map(project);
  const size = Math.max(span(corners.map(({ x }) => x)).length, span(corners.map(({ y }) => y)).length);
  const scale = crop / size;
  const [topLeft, topRight, bottomLeft, bottomRight] = corners as [Place, Place, Place, Place];
  const across = fit({
    low: [topLeft.x * scale, bottomLeft.x * scale],
    high: [topRight.x * scale, bottomRight.x * scale],
    least: flip ? margins.right : margins.left,
    most: flip ? margins.left : margins.right,
    share: spread(seed, spreadSteps.shift),
  });
  const down = fit({
    low: [topLeft.y * scale, topRight.y * scale],
    high: [bottomLeft.y * scale, bottomRight.y * scale],
    least: margins.top,
    most: margins.bottom,
    share: spread(seed, spreadSteps.rise),
  });
  const placeOf = (place: Place): Place => {
    const at = project(place);
    const x = across.origin + at.x * scale;
    return { x: flip ? 1 - x : x, y: down.origin + at.y * scale };
  };
  return { view: { zoom, placeOf }, excess: Math.max(across.excess, down.excess) };
}

/** Rotation, perspective and aspect ratio, round the middle of the image. */
function drawProjection(random: Random, reach: number, aspectRatio: number): (place: Place) => Place {
  // What turns a long image by a little cuts off much of it.
  const squareness = Math.min(aspectRatio, 1 / aspectRatio);
  const angle = random.between(-3, 3) * Math.min(reach, 1.5) * (Math.PI / 180) * squareness;
  const tilt = Math.min(reach, 2.5);
  const tiltX = random.between(-0.12, 0.12) * tilt * squareness;
  const tiltY = random.between(-0.12, 0.12) * tilt * squareness;
  const stretch = Math.sqrt(exp(random.between(-0.05, 0.05) * reach));
  const cosine = cos(angle);
  const sine = sin(angle);
  const unitX = Math.sqrt(aspectRatio);
  const unitY = 1 / unitX;
  return ({ x, y }) => {
    const u = (x - 0.5) * unitX;
    const v = (y - 0.5) * unitY;
    const depth = 1 + tiltX * u + tiltY * v;
    const a = (u / depth) * stretch;
    const b = v / depth / stretch;
    return { x: (a * cosine - b * sine) / unitX, y: (a * sine + b * cosine) / unitY };
  };
}

interface Fit {
  /** The ends of the edges where the view begins and ends, relative to the origin that is looked for. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** How much may be cut off at the beginning, which counts most, and at the end. */
  readonly least: number;
  readonly most: number;
  /** Where between the first and the last place that fits, 0 to 1. */
  readonly share: number;
}

/** Where along one direction the view lies, in shares of the image, and by how much it cuts off more than it may. */
function fit({ low, high, least, most, share }: Fit): { readonly origin: number; readonly excess: number } {
  const { start, length } = span([...low, ...high]);
  const room = 1 - length;
  // Larger than the image: in the middle.
  if (room <= 0) return { origin: room / 2 - start, excess: 0 };
  // A slanting edge cuts off as much as one through its middle.
  const last = least - (mean(low) - start);
  const first = room - most + (start + length - mean(high));
  const to = Math.max(0, Math.min(room, last));
  const from = Math.min(to, Math.max(0, first));
  const place = from + (to - from) * share;
  return { origin: place - start, excess: Math.max(0, place - last, first - place) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function span(values: readonly number[]): { readonly start: number; readonly length: number } {
  const start = Math.min(...values);
  return { start, length: Math.max(...values) - start };
}
