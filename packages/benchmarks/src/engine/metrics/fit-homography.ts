/** A place in the variation, the place in the input that looks like it, both from 0 to 1, and how much the pair counts. */
export interface Correspondence {
  readonly x: number;
  readonly y: number;
  readonly u: number;
  readonly v: number;
  readonly weight: number;
}

/** `u = (h0 x + h1 y + h2) / (h6 x + h7 y + 1)` and `v` with h3 to h5. */
export type Homography = readonly number[];

/** How far a pair may lie from the transform and still speak for it, as a share of the side. */
const tolerance = 0.05;

export function applyHomography(h: Homography, x: number, y: number): readonly [number, number] {
  const w = (h[6] ?? 0) * x + (h[7] ?? 0) * y + 1;
  return [((h[0] ?? 0) * x + (h[1] ?? 0) * y + (h[2] ?? 0)) / w, ((h[3] ?? 0) * x + (h[4] ?? 0) * y + (h[5] ?? 0)) / w];
}

/**
 * The one transform of the plane that most of the pairs agree on: RANSAC over affine transforms, then least squares over
 * those that agree. `undefined` if no plausible transform has three of them.
 */
export function fitHomography(
  pairs: readonly Correspondence[],
  random: () => number,
): { readonly homography: Homography; readonly support: number } | undefined {
  if (pairs.length < 3) return undefined;
  let best: Homography | undefined;
  let bestSupport = 0;
  for (let attempt = 0; attempt < 600; attempt++) {
    const three = Array.from({ length: 3 }, () => pairs[Math.floor(random() * pairs.length)]!);
    const candidate = leastSquares(three, false);
    if (!candidate || !isPlausible(candidate)) continue;
    const support = supportOf(candidate, pairs, tolerance);
    if (support > bestSupport) [best, bestSupport] = [candidate, support];
  }
  if (!best) return undefined;
  for (const [threshold, projective] of [
    [tolerance, false],
    [tolerance, true],
    [0.03, true],
    [0.03, true],
  ] as const) {
    const agreeing = pairs.filter((pair) => distance(best!, pair) < threshold);
    const refined = agreeing.length >= 8 ? leastSquares(agreeing, projective) : undefined;
    if (refined && isPlausible(refined)) best = refined;
  }
  return { homography: best, support: supportOf(best, pairs, tolerance) };
}

function distance(h: Homography, { x, y, u, v }: Correspondence): number {
  const [a, b] = applyHomography(h, x, y);
  return Math.hypot(a - u, b - v);
}

function supportOf(h: Homography, pairs: readonly Correspondence[], threshold: number): number {
  let support = 0;
  for (const pair of pairs) if (distance(h, pair) < threshold) support += pair.weight;
  return support;
}

/** A crop, a zoom, a small rotation or another viewpoint; nothing that turns, folds or collapses the image. */
function isPlausible(h: Homography): boolean {
  const [a, b, , c, d] = h as [number, number, number, number, number];
  const area = a * d - b * c;
  return area > 0.3 && area < 2 && Math.abs(b) < 0.35 && Math.abs(c) < 0.35 && Math.hypot(h[6] ?? 0, h[7] ?? 0) < 0.6;
}

/** The transform, affine or projective, that comes closest to all pairs; `undefined` if they don't determine one. */
export function leastSquares(pairs: readonly Correspondence[], projective: boolean): Homography | undefined {
  const size = projective ? 8 : 6;
  const matrix = Array.from({ length: size }, () => new Float64Array(size + 1));
  for (const { x, y, u, v, weight } of pairs) {
    for (const [row, value] of [
      [[x, y, 1, 0, 0, 0, -u * x, -u * y], u],
      [[0, 0, 0, x, y, 1, -v * x, -v * y], v],
    ] as const) {
      for (const [i, equation] of matrix.entries()) {
        const share = weight * (row[i] ?? 0);
        for (let j = 0; j < size; j++) equation[j] = (equation[j] ?? 0) + share * (row[j] ?? 0);
        equation[size] = (equation[size] ?? 0) + share * value;
      }
    }
  }
  const solution = solve(matrix);
  return solution && [...solution, ...Array<number>(8 - size).fill(0)];
}

/** Gauss elimination with pivots; `undefined` if the equations don't determine the unknowns. */
function solve(matrix: readonly Float64Array[]): number[] | undefined {
  const size = matrix.length;
  const rest = [...matrix];
  const solved: Float64Array[] = [];
  for (let i = 0; i < size; i++) {
    const largest = (row: Float64Array): number => Math.abs(row[i] ?? 0);
    const pivot = rest.reduce((best, row) => (largest(row) > largest(best) ? row : best));
    if (largest(pivot) < 1e-9) return undefined;
    rest.splice(rest.indexOf(pivot), 1);
    for (const row of [...solved, ...rest]) {
      const factor = (row[i] ?? 0) / (pivot[i] ?? 0);
      for (let j = i; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
    solved.push(pivot);
  }
  return solved.map((row, i) => (row[size] ?? 0) / (row[i] ?? 0));
}
