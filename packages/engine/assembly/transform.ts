import { scaled, storeClamped } from "./pixels";

export function reduce(source: usize, sourceWidth: i32, factor: i32, target: usize, width: i32, rows: i32): void {
  const colour: f64 = 8.0 / <f64>(255 * factor * factor);
  const opacity: f64 = 8.0 / <f64>(factor * factor);
  let to = target;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++, to += 8) {
      let red: i32 = 0;
      let green: i32 = 0;
      let blue: i32 = 0;
      let alpha: i32 = 0;
      for (let row = 0; row < factor; row++) {
        let from: usize = source + ((y * factor + row) * sourceWidth + x * factor) * 4;
        for (let column = 0; column < factor; column++, from += 4) {
          const a: i32 = load<u8>(from, 3);
          red += <i32>load<u8>(from) * a;
          green += <i32>load<u8>(from, 1) * a;
          blue += <i32>load<u8>(from, 2) * a;
          alpha += a;
        }
      }
      store<i16>(to, <i16>(<i32>(<f64>red * colour + 0.5)));
      store<i16>(to, <i16>(<i32>(<f64>green * colour + 0.5)), 2);
      store<i16>(to, <i16>(<i32>(<f64>blue * colour + 0.5)), 4);
      store<i16>(to, <i16>(<i32>(<f64>alpha * opacity + 0.5)), 6);
    }
  }
}

export function resampleRows(
  source: usize, sourceWidth: i32, target: usize, width: i32, first: usize, weights: usize, taps: i32, firstRow: i32, endRow: i32,
): void {
  for (let y = firstRow; y < endRow; y++) {
    let to: usize = target + y * width * 8;
    const row: usize = source + y * sourceWidth * 8;
    let weight = weights;
    for (let x = 0; x < width; x++, to += 8) {
      let from: usize = row + load<i32>(first + x * 4) * 8;
      let sum = i32x4.splat(8192);
      for (let tap = 0; tap < taps; tap++, from += 8, weight += 2) sum = i32x4.add(sum, scaled(from, load<i16>(weight)));
      storeClamped(to, i32x4.shr_s(sum, 14));
    }
  }
}

export function resampleColumns(
  source: usize, target: usize, width: i32, first: usize, weights: usize, taps: i32, firstRow: i32, endRow: i32,
): void {
  const stride = width * 8;
  for (let y = firstRow; y < endRow; y++) {
    const top: usize = source + load<i32>(first + y * 4) * stride;
    const weight: usize = weights + y * taps * 2;
    const to: usize = target + y * stride;
    let x = 0;
    for (; x + 16 <= stride; x += 16) {
      let low = i32x4.splat(8192);
      let high = i32x4.splat(8192);
      let from = top + x;
      for (let tap = 0; tap < taps; tap++, from += stride) {
        const pixels = v128.load(from);
        const factor = i16x8.splat(load<i16>(weight + tap * 2));
        low = i32x4.add(low, i32x4.extmul_low_i16x8_s(pixels, factor));
        high = i32x4.add(high, i32x4.extmul_high_i16x8_s(pixels, factor));
      }
      storeClamped(to + x, i32x4.shr_s(low, 14));
      storeClamped(to + x + 8, i32x4.shr_s(high, 14));
    }
    if (x < stride) {
      let sum = i32x4.splat(8192);
      let from = top + x;
      for (let tap = 0; tap < taps; tap++, from += stride) {
        sum = i32x4.add(sum, scaled(from, load<i16>(weight + tap * 2)));
      }
      storeClamped(to + x, i32x4.shr_s(sum, 14));
    }
  }
}

// @ts-ignore: decorator
@inline
function clampIndex(i: i32, count: i32): i32 {
  return max(0, min(count - 1, i));
}

export function warp(
  source: usize, sourceWidth: i32, sourceHeight: i32, target: usize, width: i32, height: i32,
  grid: usize, gridWidth: i32, gridHeight: i32, weights: usize, firstRow: i32, endRow: i32,
): void {
  const stepX: f64 = <f64>(gridWidth - 1) / <f64>width;
  const stepY: f64 = <f64>(gridHeight - 1) / <f64>height;
  for (let y = firstRow; y < endRow; y++) {
    const gridY: f64 = (<f64>y + 0.5) * stepY;
    const nodeY = min(<i32>gridY, gridHeight - 2);
    const v: f64 = gridY - <f64>nodeY;
    let to: usize = target + y * width * 8;
    for (let x = 0; x < width; x++, to += 8) {
      const gridX: f64 = (<f64>x + 0.5) * stepX;
      const nodeX = min(<i32>gridX, gridWidth - 2);
      const u: f64 = gridX - <f64>nodeX;
      const node: usize = grid + (nodeY * gridWidth + nodeX) * 16;
      const below: usize = node + gridWidth * 16;
      const u1 = f64x2.splat(1 - u);
      const u2 = f64x2.splat(u);
      const upper = f64x2.add(f64x2.mul(v128.load(node), u1), f64x2.mul(v128.load(node, 16), u2));
      const lower = f64x2.add(f64x2.mul(v128.load(below), u1), f64x2.mul(v128.load(below, 16), u2));
      const at = f64x2.add(f64x2.mul(upper, f64x2.splat(1 - v)), f64x2.mul(lower, f64x2.splat(v)));
      const whole = f64x2.floor(at);
      const left = <i32>f64x2.extract_lane(whole, 0);
      const top = <i32>f64x2.extract_lane(whole, 1);
      const rest = f64x2.floor(f64x2.add(f64x2.mul(f64x2.sub(at, whole), f64x2.splat(256)), f64x2.splat(0.5)));
      const weightX: usize = weights + <i32>f64x2.extract_lane(rest, 0) * 8;
      const weightY: usize = weights + <i32>f64x2.extract_lane(rest, 1) * 8;
      const w0 = i16x8.splat(load<i16>(weightX));
      const w1 = i16x8.splat(load<i16>(weightX, 2));
      const w2 = i16x8.splat(load<i16>(weightX, 4));
      const w3 = i16x8.splat(load<i16>(weightX, 6));
      let sum = i32x4.splat(65536);
      const isInside = left >= 1 && left + 2 < sourceWidth;
      for (let j = 0; j < 4; j++) {
        const row: usize = source + clampIndex(top - 1 + j, sourceHeight) * sourceWidth * 8;
        let across = i32x4.splat(1024);
        if (isInside) {
          const from: usize = row + (left - 1) * 8;
          const a = v128.load(from);
          const b = v128.load(from, 16);
          across = i32x4.add(across, i32x4.extmul_low_i16x8_s(a, w0));
          across = i32x4.add(across, i32x4.extmul_high_i16x8_s(a, w1));
          across = i32x4.add(across, i32x4.extmul_low_i16x8_s(b, w2));
          across = i32x4.add(across, i32x4.extmul_high_i16x8_s(b, w3));
        } else {
          for (let i = 0; i < 4; i++) {
            across = i32x4.add(across, scaled(row + clampIndex(left - 1 + i, sourceWidth) * 8, load<i16>(weightX + i * 2)));
          }
        }
        sum = i32x4.add(sum, i32x4.mul(i32x4.shr_s(across, 11), i32x4.splat(load<i16>(weightY + j * 2))));
      }
      storeClamped(to, i32x4.shr_s(sum, 17));
    }
  }
}
