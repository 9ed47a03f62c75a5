import { channelMax } from "./pixels";

export function tone(
  source: usize, target: usize, width: i32, tables: usize, nodes: i32, origin: i32, across: i32, down: i32, firstRow: i32,
  endRow: i32,
): void {
  const interval = channelMax / (nodes - 1);
  const toByte = f32x4.splat(<f32>(1.0 / <f64>(interval * 256 * 8)));
  const stepRed = nodes * nodes * 16;
  const stepGreen = nodes * 16;
  const stepBlue = 16;
  let from: usize = source + firstRow * width * 8;
  let to: usize = target + firstRow * width * 4;
  for (let y = firstRow; y < endRow; y++) {
    for (let x = 0; x < width; x++, from += 8, to += 4) {
      const alpha: i32 = load<i16>(from, 6);
      if (alpha < 4) {
        store<i32>(to, 0);
        continue;
      }
      let red = min(<i32>load<i16>(from), alpha);
      let green = min(<i32>load<i16>(from, 2), alpha);
      let blue = min(<i32>load<i16>(from, 4), alpha);
      if (alpha < channelMax) {
        red = (red * channelMax + (alpha >> 1)) / alpha;
        green = (green * channelMax + (alpha >> 1)) / alpha;
        blue = (blue * channelMax + (alpha >> 1)) / alpha;
      }
      const light = max(0, min(256, (origin + x * across + y * down) >> 16));
      const nodeRed = min(nodes - 2, red / interval);
      const nodeGreen = min(nodes - 2, green / interval);
      const nodeBlue = min(nodes - 2, blue / interval);
      const restRed = red - nodeRed * interval;
      const restGreen = green - nodeGreen * interval;
      const restBlue = blue - nodeBlue * interval;
      let firstStep: i32, secondStep: i32, high: i32, middle: i32, low: i32;
      if (restRed >= restGreen) {
        if (restGreen >= restBlue) {
          firstStep = stepRed;
          secondStep = stepGreen;
          high = restRed;
          middle = restGreen;
          low = restBlue;
        } else if (restRed >= restBlue) {
          firstStep = stepRed;
          secondStep = stepBlue;
          high = restRed;
          middle = restBlue;
          low = restGreen;
        } else {
          firstStep = stepBlue;
          secondStep = stepRed;
          high = restBlue;
          middle = restRed;
          low = restGreen;
        }
      } else if (restBlue >= restGreen) {
        firstStep = stepBlue;
        secondStep = stepGreen;
        high = restBlue;
        middle = restGreen;
        low = restRed;
      } else if (restBlue >= restRed) {
        firstStep = stepGreen;
        secondStep = stepBlue;
        high = restGreen;
        middle = restBlue;
        low = restRed;
      } else {
        firstStep = stepGreen;
        secondStep = stepRed;
        high = restGreen;
        middle = restRed;
        low = restBlue;
      }
      const node: usize = tables + nodeRed * stepRed + nodeGreen * stepGreen + nodeBlue * stepBlue;
      const a = v128.load(node);
      const b = v128.load(node + firstStep);
      const c = v128.load(node + firstStep + secondStep);
      const d = v128.load(node + stepRed + stepGreen + stepBlue);
      const wa = i16x8.splat(<i16>(interval - high));
      const wb = i16x8.splat(<i16>(high - middle));
      const wc = i16x8.splat(<i16>(middle - low));
      const wd = i16x8.splat(<i16>low);
      const dark = i32x4.add(
        i32x4.add(i32x4.extmul_low_i16x8_s(a, wa), i32x4.extmul_low_i16x8_s(b, wb)),
        i32x4.add(i32x4.extmul_low_i16x8_s(c, wc), i32x4.extmul_low_i16x8_s(d, wd)),
      );
      const bright = i32x4.add(
        i32x4.add(i32x4.extmul_high_i16x8_s(a, wa), i32x4.extmul_high_i16x8_s(b, wb)),
        i32x4.add(i32x4.extmul_high_i16x8_s(c, wc), i32x4.extmul_high_i16x8_s(d, wd)),
      );
      const sum = i32x4.add(i32x4.mul(dark, i32x4.splat(256 - light)), i32x4.mul(bright, i32x4.splat(light)));
      const bytes = i32x4.trunc_sat_f32x4_s(
        f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sum), toByte), f32x4.splat(0.5)),
      );
      const pixel = i32x4.replace_lane(bytes, 3, (alpha + 4) >> 3);
      const shorts = i16x8.narrow_i32x4_s(pixel, pixel);
      v128.store32_lane(to, i8x16.narrow_i16x8_u(shorts, shorts), 0);
    }
  }
}
