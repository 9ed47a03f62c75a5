// Pixels are four 16-bit channels from 0 to 2040; see src/kernels/kernels.ts.

// @ts-ignore: decorator
@inline
export const channelMax: i32 = 2040;
// @ts-ignore: decorator
@inline
export const patchSide: i32 = 7;
// @ts-ignore: decorator
@inline
export const edge: i32 = 6;

/** Stores the lower half of four 32-bit channels, clamped, as one pixel. */
// @ts-ignore: decorator
@inline
export function storeClamped(to: usize, channels: v128): void {
  const clamped = i32x4.min_s(i32x4.max_s(channels, i32x4.splat(0)), i32x4.splat(channelMax));
  v128.store64_lane(to, i16x8.narrow_i32x4_s(clamped, clamped), 0);
}

/** Four 32-bit products of a pixel and a factor of 16 bits. */
// @ts-ignore: decorator
@inline
export function scaled(from: usize, factor: i32): v128 {
  return i32x4.extmul_low_i16x8_s(v128.load64_zero(from), i16x8.splat(<i16>factor));
}
