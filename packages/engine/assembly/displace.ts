// Kernels that compare an image with another one at a displacement, for all patches at once: the squared differences of
// pixels are added up in a sliding window.

import { edge, patchSide, scaled } from "./pixels";

/** See `patchSums` in src/kernels/plain-kernels.ts. Returns the address of the sums of the row's first patch. */
function patchSums(
  y: i32, a: usize, b: usize, offset: i32, left: i32, right: i32, width: i32, height: i32, scratch: usize,
): void {
  const differences: usize = scratch + y * width * 4;
  const columns: usize = scratch + width * height * 4;
  const sums: usize = columns + width * 4;
  const end = right + edge;
  const old: usize = differences - patchSide * width * 4;
  const first: usize = a + y * width * 8;
  const second: usize = b + (y * width + offset) * 8;
  let x = left;
  for (; x + 4 <= end; x += 4) {
    const d0 = i16x8.sub(v128.load(first + x * 8), v128.load(second + x * 8));
    const d1 = i16x8.sub(v128.load(first + x * 8, 16), v128.load(second + x * 8, 16));
    const s0 = i32x4.dot_i16x8_s(d0, d0);
    const s1 = i32x4.dot_i16x8_s(d1, d1);
    const difference = i32x4.add(v128.shuffle<i32>(s0, s1, 0, 2, 4, 6), v128.shuffle<i32>(s0, s1, 1, 3, 5, 7));
    v128.store(differences + x * 4, difference);
    let column = difference;
    if (y > 0) column = i32x4.add(column, v128.load(columns + x * 4));
    if (y >= patchSide) column = i32x4.sub(column, v128.load(old + x * 4));
    v128.store(columns + x * 4, column);
  }
  for (; x < end; x++) {
    const d = i16x8.sub(v128.load64_zero(first + x * 8), v128.load64_zero(second + x * 8));
    const s = i32x4.dot_i16x8_s(d, d);
    const difference = i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1);
    store<i32>(differences + x * 4, difference);
    let column = difference;
    if (y > 0) column += load<i32>(columns + x * 4);
    if (y >= patchSide) column -= load<i32>(old + x * 4);
    store<i32>(columns + x * 4, column);
  }
  if (y < edge) return;
  x = left;
  for (; x + 4 <= right; x += 4) {
    const at = columns + x * 4;
    let sum = i32x4.add(v128.load(at), v128.load(at, 4));
    sum = i32x4.add(sum, i32x4.add(v128.load(at, 8), v128.load(at, 12)));
    sum = i32x4.add(sum, i32x4.add(v128.load(at, 16), v128.load(at, 20)));
    v128.store(sums + x * 4, i32x4.add(sum, v128.load(at, 24)));
  }
  for (; x < right; x++) {
    let sum = 0;
    for (let i = 0; i < patchSide; i++) sum += load<i32>(columns + (x + i) * 4);
    store<i32>(sums + x * 4, sum);
  }
}

export function selfSimilarity(
  source: usize, width: i32, height: i32, exclusion: i32, distances: usize, scratch: usize, firstRow: i32, endRow: i32,
): void {
  const across = width - edge;
  const sums: usize = scratch + (width * height + width) * 4;
  for (let dy = firstRow; dy < endRow; dy++) {
    for (let dx = dy == 0 ? exclusion : 1 - across; dx < across; dx++) {
      if (dy < exclusion && abs(dx) < exclusion) continue;
      const left = max(0, -dx);
      const right = min(across, across - dx);
      const offset = dy * width + dx;
      for (let y = 0; y < height - dy; y++) {
        patchSums(y, source, source, offset, left, right, width, height, scratch);
        if (y < edge) continue;
        let here: usize = distances + ((y - edge) * across + left) * 4;
        const apart = (dy * across + dx) * 4;
        let x = left;
        for (; x + 4 <= right; x += 4, here += 16) {
          const sum = v128.load(sums + x * 4);
          v128.store(here, i32x4.min_s(v128.load(here), sum));
          v128.store(here + apart, i32x4.min_s(v128.load(here + apart), sum));
        }
        for (; x < right; x++, here += 4) {
          const sum = load<i32>(sums + x * 4);
          store<i32>(here, min(load<i32>(here), sum));
          store<i32>(here + apart, min(load<i32>(here + apart), sum));
        }
      }
    }
  }
}

export function denoiseCosts(
  noisy: usize, source: usize, width: i32, height: i32, radius: i32, locality: usize, keyLocality: usize,
  costScale: f32, costs: usize, least: usize, scratch: usize, firstRow: i32, endRow: i32,
): void {
  const across = width - edge;
  const down = height - edge;
  const sums: usize = scratch + (width * height + width) * 4;
  const reach = min(radius, across - 1);
  const scales = f32x4.splat(costScale);
  for (let dy = firstRow; dy < endRow; dy++) {
    const top = max(0, -dy);
    const rows = down - abs(dy);
    for (let dx = -reach; dx <= reach; dx++) {
      const left = max(0, -dx);
      const right = min(across, across - dx);
      const plane: usize = costs + ((dy + radius) * (2 * radius + 1) + dx + radius) * across * down * 4;
      const apart: f32 = <f32>(dx * dx + dy * dy);
      const aparts = f32x4.splat(apart);
      const a: usize = noisy + top * width * 8;
      const b: usize = source + top * width * 8;
      for (let y = 0; y < rows + edge; y++) {
        patchSums(y, a, b, dy * width + dx, left, right, width, height, scratch);
        if (y < edge) continue;
        const row = (top + y - edge) * across * 4;
        const keyStep = (dy * across + dx) * 4;
        let x = left;
        for (; x + 4 <= right; x += 4) {
          const at = row + x * 4;
          const step = f32x4.add(v128.load(locality + at), v128.load(keyLocality + at + keyStep));
          const cost = f32x4.add(
            f32x4.mul(f32x4.convert_i32x4_s(v128.load(sums + x * 4)), scales),
            f32x4.mul(aparts, step),
          );
          v128.store(plane + at, cost);
          v128.store(least + at, f32x4.min(v128.load(least + at), cost));
        }
        for (; x < right; x++) {
          const at = row + x * 4;
          const step: f32 = load<f32>(locality + at) + load<f32>(keyLocality + at + keyStep);
          const cost: f32 = <f32>load<i32>(sums + x * 4) * costScale + apart * step;
          store<f32>(plane + at, cost);
          if (cost < load<f32>(least + at)) store<f32>(least + at, cost);
        }
      }
    }
  }
}

export function denoiseMeans(
  source: usize, width: i32, height: i32, radius: i32, costs: usize, least: usize, exponential: usize, sums: usize,
  totals: usize, scratch: usize, firstRow: i32, endRow: i32,
): void {
  const across = width - edge;
  const down = height - edge;
  const reach = min(radius, across - 1);
  const half = edge >> 1;
  for (let dy = firstRow; dy < endRow; dy++) {
    const top = max(0, -dy);
    const bottom = min(down, down - dy);
    for (let dx = -reach; dx <= reach; dx++) {
      const left = max(0, -dx);
      const right = min(across, across - dx);
      const plane: usize = costs + ((dy + radius) * (2 * radius + 1) + dx + radius) * across * down * 4;
      for (let y = top; y < bottom; y++) {
        const row = y * across * 4;
        let any = 0;
        let x = left;
        for (; x + 4 <= right; x += 4) {
          const at = row + x * 4;
          const excess = f32x4.mul(f32x4.sub(v128.load(plane + at), v128.load(least + at)), f32x4.splat(64));
          if (!v128.any_true(f32x4.lt(excess, f32x4.splat(768)))) {
            v128.store(scratch + x * 4, i32x4.splat(0));
            continue;
          }
          any = 1;
          const index = i32x4.min_s(i32x4.trunc_sat_f32x4_s(excess), i32x4.splat(768));
          let weight = i32x4.splat(load<i32>(exponential + i32x4.extract_lane(index, 0) * 4));
          weight = i32x4.replace_lane(weight, 1, load<i32>(exponential + i32x4.extract_lane(index, 1) * 4));
          weight = i32x4.replace_lane(weight, 2, load<i32>(exponential + i32x4.extract_lane(index, 2) * 4));
          weight = i32x4.replace_lane(weight, 3, load<i32>(exponential + i32x4.extract_lane(index, 3) * 4));
          v128.store(scratch + x * 4, weight);
          v128.store(totals + at, i32x4.add(v128.load(totals + at), weight));
        }
        for (; x < right; x++) {
          const at = row + x * 4;
          const excess: f32 = (load<f32>(plane + at) - load<f32>(least + at)) * 64;
          const weight = excess >= 768 ? 0 : load<i32>(exponential + <i32>excess * 4);
          store<i32>(scratch + x * 4, weight);
          store<i32>(totals + at, load<i32>(totals + at) + weight);
          any |= weight;
        }
        if (any == 0) continue;
        const firstPixelRow = y == 0 ? 0 : y + half;
        const lastPixelRow = y == down - 1 ? height - 1 : y + half;
        const firstPixel = left == 0 ? 0 : left + half;
        const endPixel = right == across ? width : right + half;
        for (let pixelRow = firstPixelRow; pixelRow <= lastPixelRow; pixelRow++) {
          let to: usize = sums + (pixelRow * width + firstPixel) * 16;
          let from: usize = source + ((pixelRow + dy) * width + firstPixel + dx) * 8;
          for (let pixel = firstPixel; pixel < endPixel; pixel++, to += 16, from += 8) {
            const weight = load<i32>(scratch + max(0, min(across - 1, pixel - half)) * 4);
            if (weight != 0) v128.store(to, i32x4.add(v128.load(to), scaled(from, weight)));
          }
        }
      }
    }
  }
}

/** Four flags of 32 bits from four bytes. */
// @ts-ignore: decorator
@inline
function flags(from: usize): v128 {
  return i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from))), i32x4.splat(0));
}

export function leastCosts(
  query: usize, key: usize, width: i32, height: i32, active: usize, placeWeights: usize, keyWeights: usize, keyCosts: usize, strength: f32,
  keys: usize, scratch: usize, firstRow: i32, endRow: i32,
): void {
  const across = width - edge;
  const down = height - edge;
  const sums: usize = scratch + (width * height + width) * 4;
  for (let dy = firstRow; dy < endRow; dy++) {
    const top = max(0, -dy);
    const rows = down - abs(dy);
    for (let dx = 1 - across; dx < across; dx++) {
      const left = max(0, -dx);
      const right = min(across, across - dx);
      const apart: f32 = <f32>(dx * dx + dy * dy) * strength;
      const a: usize = query + top * width * 8;
      const b: usize = key + top * width * 8;
      for (let y = 0; y < rows + edge; y++) {
        patchSums(y, a, b, dy * width + dx, left, right, width, height, scratch);
        if (y < edge) continue;
        const row = (top + y - edge) * across;
        const keyRow = row + dy * across + dx;
        let x = left;
        for (; x + 4 <= right; x += 4) {
          const keyAt = (keyRow + x) * 4;
          const weight = f32x4.add(v128.load(placeWeights + (row + x) * 4), v128.load(keyWeights + keyAt));
          const cost = f32x4.add(
            f32x4.add(f32x4.convert_i32x4_s(v128.load(sums + x * 4)), v128.load(keyCosts + keyAt)),
            f32x4.mul(f32x4.splat(apart), weight),
          );
          const before = v128.load(keys + keyAt);
          v128.store(keys + keyAt, v128.bitselect(f32x4.min(cost, before), before, flags(active + row + x)));
        }
        for (; x < right; x++) {
          if (load<u8>(active + row + x) == 0) continue;
          const keyAt = (keyRow + x) * 4;
          const weight: f32 = load<f32>(placeWeights + (row + x) * 4) + load<f32>(keyWeights + keyAt);
          const cost: f32 = <f32>load<i32>(sums + x * 4) + load<f32>(keyCosts + keyAt) + apart * weight;
          if (cost < load<f32>(keys + keyAt)) store<f32>(keys + keyAt, cost);
        }
      }
    }
  }
}

export function exactMatch(
  query: usize, key: usize, width: i32, height: i32, active: usize, placeWeights: usize, keyWeights: usize, keyCosts: usize, strength: f32,
  keys: usize, best: usize, field: usize, scratch: usize, firstRow: i32, endRow: i32,
): void {
  const across = width - edge;
  const down = height - edge;
  const sums: usize = scratch + (width * height + width) * 4;
  for (let dy = firstRow; dy < endRow; dy++) {
    const top = max(0, -dy);
    const rows = down - abs(dy);
    for (let dx = 1 - across; dx < across; dx++) {
      const left = max(0, -dx);
      const right = min(across, across - dx);
      const apart: f32 = <f32>(dx * dx + dy * dy) * strength;
      const a: usize = query + top * width * 8;
      const b: usize = key + top * width * 8;
      for (let y = 0; y < rows + edge; y++) {
        patchSums(y, a, b, dy * width + dx, left, right, width, height, scratch);
        if (y < edge) continue;
        const queryY = top + y - edge;
        const row = queryY * across;
        const keyRow = row + dy * across + dx;
        const match = ((queryY + dy) << 16) + dx;
        let x = left;
        for (; x + 4 <= right; x += 4) {
          const keyAt = (keyRow + x) * 4;
          const at = (row + x) * 4;
          const weight = f32x4.add(v128.load(placeWeights + at), v128.load(keyWeights + keyAt));
          const cost = f32x4.add(
            f32x4.add(f32x4.convert_i32x4_s(v128.load(sums + x * 4)), v128.load(keyCosts + keyAt)),
            f32x4.mul(f32x4.splat(apart), weight),
          );
          const value = f32x4.mul(cost, v128.load(keys + keyAt));
          const before = v128.load(best + at);
          const isBetter = v128.and(f32x4.lt(value, before), flags(active + row + x));
          if (!v128.any_true(isBetter)) continue;
          v128.store(best + at, v128.bitselect(value, before, isBetter));
          const matches = i32x4.add(i32x4.splat(match + x), i32x4(0, 1, 2, 3));
          v128.store(field + at, v128.bitselect(matches, v128.load(field + at), isBetter));
        }
        for (; x < right; x++) {
          const keyAt = (keyRow + x) * 4;
          const at = (row + x) * 4;
          const weight: f32 = load<f32>(placeWeights + at) + load<f32>(keyWeights + keyAt);
          const cost: f32 = <f32>load<i32>(sums + x * 4) + load<f32>(keyCosts + keyAt) + apart * weight;
          const value: f32 = cost * load<f32>(keys + keyAt);
          if (load<u8>(active + row + x) == 0 || value >= load<f32>(best + at)) continue;
          store<f32>(best + at, value);
          store<i32>(field + at, match + x);
        }
      }
    }
  }
}
