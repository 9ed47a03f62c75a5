import type { Surface } from "../analyse/measure-surface.ts";
import { cos, exp, sin } from "../numbers/elementary.ts";
import { createRandom, spread, spreadSteps } from "../numbers/random.ts";

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
  readonly strength: number;
  readonly flip: boolean;
  readonly aspectRatio: number;
  readonly surface: Surface;
  /** The mean rigidity. */
  readonly rigidity: number;
  /** Boxes of the image, as shares, that must stay in view: text. */
  readonly kept: readonly {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }[];
}

const cutOffMargin = 0.005;

/** Draws a view: crop, mirror, rotation, perspective, aspect ratio and zoom, each as far as `strength` allows. */
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
  for (const share of [1, 0.8, 0.6, 0.4, 0.2]) {
    const view = drawView(options, share);
    if (corners.every((corner) => shows(view, corner))) return view;
  }
  return drawView(options, 0);
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

function drawView({ seed, strength, flip, aspectRatio, surface, rigidity }: ViewOptions, share: number): View {
  const random = createRandom(seed, 1);
  const reach = strength * 2 * share;
  const { graphics, extendable } = surface;
  const crop = extendable
    ? 1 + (random.uniform() * 0.3 - 0.12) * reach
    : 1 - random.between(0.02, 0.17) * reach * (1 - 0.5 * graphics);
  const shiftX = spread(seed, spreadSteps.shift) - 0.5;
  const shiftY = random.uniform() - 0.5;
  const zoom = exp((spread(seed, spreadSteps.zoom) * 2 - 1) * 0.16 * reach * (1 - graphics) * (1 - rigidity));
  // What turns a long image by a little cuts off much of it.
  const squareness = Math.min(aspectRatio, 1 / aspectRatio);
  const angle = random.between(-3, 3) * Math.min(reach, 1.5) * (Math.PI / 180) * squareness;
  const tiltX = random.between(-0.12, 0.12) * reach * squareness;
  const tiltY = random.between(-0.12, 0.12) * reach * squareness;
  const stretch = Math.sqrt(exp(random.between(-0.05, 0.05) * reach));

  const cosine = cos(angle);
  const sine = sin(angle);
  const unitX = Math.sqrt(aspectRatio);
  const unitY = 1 / unitX;
  const project = ({ x, y }: Place): Place => {
    const u = (x - 0.5) * unitX;
    const v = (y - 0.5) * unitY;
    const depth = 1 + tiltX * u + tiltY * v;
    const a = (u / depth) * stretch;
    const b = v / depth / stretch;
    return { x: (a * cosine - b * sine) / unitX, y: (a * sine + b * cosine) / unitY };
  };
  const corners = [0, 1].flatMap((x) => [0, 1].map((y) => project({ x, y })));
  const left = Math.min(...corners.map(({ x }) => x));
  const right = Math.max(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  const bottom = Math.max(...corners.map(({ y }) => y));
  const scale = crop / Math.max(right - left, bottom - top);
  // The room that is left beside the view, which it may be shifted into.
  const roomX = Math.max(0, 1 - (right - left) * scale);
  const roomY = Math.max(0, 1 - (bottom - top) * scale);
  const centreX = 0.5 + (crop < 1 ? shiftX * roomX : 0) - ((left + right) / 2) * scale;
  const centreY = 0.5 + (crop < 1 ? shiftY * roomY : 0) - ((top + bottom) / 2) * scale;
  return {
    zoom,
    placeOf: (place) => {
      const at = project(place);
      const x = centreX + at.x * scale;
      return { x: flip ? 1 - x : x, y: centreY + at.y * scale };
    },
  };
}
