import { edge, patchSide, scaled, storeClamped } from "./pixels";

// @ts-ignore: decorator
@inline
function total(sums: v128): i32 {
  return (
    i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3)
  );
}

// @ts-ignore: decorator
@inline
function rowDistance(a: usize, b: usize, sums: v128): v128 {
  const d0 = i16x8.sub(v128.load(a), v128.load(b));
  const d1 = i16x8.sub(v128.load(a, 16), v128.load(b, 16));
  const d2 = i16x8.sub(v128.load(a, 32), v128.load(b, 32));
  const d3 = i16x8.sub(v128.load64_zero(a, 48), v128.load64_zero(b, 48));
  const low = i32x4.add(i32x4.dot_i16x8_s(d0, d0), i32x4.dot_i16x8_s(d1, d1));
  const high = i32x4.add(i32x4.dot_i16x8_s(d2, d2), i32x4.dot_i16x8_s(d3, d3));
  return i32x4.add(sums, i32x4.add(low, high));
}

/** The squared distance of two patches; ends early once it reaches the limit. */
// @ts-ignore: decorator
@inline
function patchDistance(a: usize, b: usize, stride: i32, limit: f64): i32 {
  let sums = rowDistance(a, b, i32x4.splat(0));
  sums = rowDistance(a + stride, b + stride, sums);
  let sum = total(sums);
  if (<f64>sum >= limit) return sum;
  sums = rowDistance(a + 2 * stride, b + 2 * stride, sums);
  sums = rowDistance(a + 3 * stride, b + 3 * stride, sums);
  sum = total(sums);
  if (<f64>sum >= limit) return sum;
  sums = rowDistance(a + 4 * stride, b + 4 * stride, sums);
  sums = rowDistance(a + 5 * stride, b + 5 * stride, sums);
  return total(rowDistance(a + 6 * stride, b + 6 * stride, sums));
}

// The patch that `attempt` finds matches for.
let queryAt: usize = 0;
let queryX: i32 = 0;
let queryY: i32 = 0;
let queryPlace: f64 = 0;
let best: f64 = 0;
let matchX: i32 = 0;
let matchY: i32 = 0;

// What `attempt` needs of the job.
let keyImage: usize = 0;
let imageWidth: i32 = 0;
let priorStrength: f64 = 0;
let keyWeights: usize = 0;
let keyCosts: usize = 0;
let columnCells: usize = 0;
let rowCells: usize = 0;

// @ts-ignore: decorator
@inline
function priorCost(keyX: i32, keyY: i32): f64 {
  const cell = load<i32>(rowCells + keyY * 4) + load<i32>(columnCells + keyX * 4);
  const apart = (keyX - queryX) * (keyX - queryX) + (keyY - queryY) * (keyY - queryY);
  return priorStrength * (queryPlace + load<f64>(keyWeights + cell * 8)) * <f64>apart + load<f64>(keyCosts + cell * 8);
}

function attempt(keyX: i32, keyY: i32): void {
  const extra = priorCost(keyX, keyY);
  if (extra >= best) return;
  const stride = imageWidth * 8;
  const distance = patchDistance(queryAt, keyImage + (keyY * imageWidth + keyX) * 8, stride, best - extra);
  const value = <f64>distance + extra;
  if (value >= best) return;
  best = value;
  matchX = keyX;
  matchY = keyY;
}

// @ts-ignore: decorator
@inline
function attemptBeside(match: i32, stepX: i32, stepY: i32, across: i32, down: i32): void {
  const keyX = (match & 0xffff) + stepX;
  const keyY = (match >> 16) + stepY;
  if (keyX < 0 || keyY < 0 || keyX >= across || keyY >= down) return;
  if (keyX == matchX && keyY == matchY) return;
  attempt(keyX, keyY);
}

export function search(
  query: usize, key: usize, width: i32, height: i32, active: usize, field: usize, result: usize, strength: f64,
  placeWeights: usize, keyWeightsAt: usize, keyCostsAt: usize, columns: usize, rows: usize, radius: i32, goodEnough: f64,
  firstRow: i32, endRow: i32,
): void {
  const across = width - edge;
  const down = height - edge;
  keyImage = key;
  imageWidth = width;
  priorStrength = strength;
  keyWeights = keyWeightsAt;
  keyCosts = keyCostsAt;
  columnCells = columns;
  rowCells = rows;
  for (let y = firstRow; y < endRow; y++) {
    queryY = y;
    for (let x = 0; x < across; x++) {
      const patch = y * across + x;
      const start = load<i32>(field + patch * 4);
      if (load<u8>(active + patch) == 0) {
        store<i32>(result + patch * 4, start);
        continue;
      }
      queryX = x;
      queryAt = query + (y * width + x) * 8;
      queryPlace = load<f64>(placeWeights + (load<i32>(rows + y * 4) + load<i32>(columns + x * 4)) * 8);
      matchX = start & 0xffff;
      matchY = start >> 16;
      const startAt: usize = key + (matchY * width + matchX) * 8;
      best = <f64>patchDistance(queryAt, startAt, width * 8, 2147483647) + priorCost(matchX, matchY);
      if (best > goodEnough) {
        if (x > 0) attemptBeside(load<i32>(result + (patch - 1) * 4), 1, 0, across, down);
        if (y > 0) attemptBeside(load<i32>(result + (patch - across) * 4), 0, 1, across, down);
        if (x < across - 1) attemptBeside(load<i32>(field + (patch + 1) * 4), -1, 0, across, down);
        if (y < down - 1) attemptBeside(load<i32>(field + (patch + across) * 4), 0, -1, across, down);
      }
      if (best > goodEnough) {
        const centreX = matchX;
        const centreY = matchY;
        const left = max(0, centreX - radius);
        const right = min(across - 1, centreX + radius);
        const top = max(0, centreY - radius);
        const bottom = min(down - 1, centreY + radius);
        for (let keyY = top; keyY <= bottom; keyY++) {
          for (let keyX = left; keyX <= right; keyX++) {
            if (keyX != centreX || keyY != centreY) attempt(keyX, keyY);
          }
        }
      }
      store<i32>(result + patch * 4, (matchY << 16) | matchX);
    }
  }
}

export function vote(
  source: usize, target: usize, width: i32, height: i32, field: usize, weights: usize, scratch: usize, firstRow: i32,
  endRow: i32,
): void {
  const across = width - edge;
  const down = height - edge;
  let counted = -1;
  for (let y = firstRow; y < endRow; y++) {
    const top = max(0, y - edge);
    const bottom = min(down - 1, y);
    // For each column of patches: how many rows up from `bottom` have the same offset.
    for (let row = counted < 0 ? top : counted + 1; row <= bottom; row++) {
      for (let x = 0; x < across; x++) {
        const at: usize = field + (row * across + x) * 4;
        const isSame = row > top && load<i32>(at) == load<i32>(at - across * 4) + 0x10000;
        store<i32>(scratch + x * 4, isSame ? load<i32>(scratch + x * 4) + 1 : 1);
      }
      counted = row;
    }
    const rowsNeeded = bottom - top + 1;
    const lastRow: usize = field + bottom * across * 4;
    let run = 0;
    for (let x = 0; x < width; x++) {
      const left = max(0, x - edge);
      const right = min(across - 1, x);
      if (x < across) {
        if (load<i32>(scratch + x * 4) < rowsNeeded) run = 0;
        else if (run > 0 && load<i32>(lastRow + x * 4) == load<i32>(lastRow + x * 4 - 4) + 1) run += 1;
        else run = 1;
      }
      const to: usize = target + (y * width + x) * 8;
      if (run >= right - left + 1) {
        const match = load<i32>(lastRow + right * 4);
        const from: usize = source + (((match >> 16) + y - bottom) * width + (match & 0xffff) + x - right) * 8;
        store<i64>(to, load<i64>(from));
        continue;
      }
      let sums = i32x4.splat(0);
      let weight = 0;
      for (let patchY = top; patchY <= bottom; patchY++) {
        const rowWeight = load<i32>(weights + (y - patchY) * 4);
        let at: usize = field + (patchY * across + left) * 4;
        for (let patchX = left; patchX <= right; patchX++, at += 4) {
          const match = load<i32>(at);
          const factor = rowWeight * load<i32>(weights + (x - patchX) * 4);
          const from: usize = source + (((match >> 16) + y - patchY) * width + (match & 0xffff) + x - patchX) * 8;
          sums = i32x4.add(sums, scaled(from, factor));
          weight += factor;
        }
      }
      const share = f32x4.splat(<f32>1 / <f32>weight);
      const means = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), share), f32x4.splat(0.5));
      storeClamped(to, i32x4.trunc_sat_f32x4_s(means));
    }
  }
}
