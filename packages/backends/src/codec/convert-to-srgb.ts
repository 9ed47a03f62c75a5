import { type Chromaticities, type PngColor, srgbChromaticities } from "./png-color.ts";

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

/**
 * Converts RGBA samples of 8 or 16 bits to sRGB of 8 bits. Alpha stays what it is.
 *
 * @param samples A `Uint8Array`, or a `Uint16Array` for files of 16 bits: dark tones of linear light need them.
 */
export function convertToSrgb(samples: Uint8Array | Uint16Array, color: PngColor): Uint8ClampedArray<ArrayBuffer> {
  const maximum = samples instanceof Uint16Array ? 65_535 : 255;
  const linear = Float32Array.from({ length: maximum + 1 }, (_, sample) => color.toLinear(sample / maximum));
  const [red, green, blue] = matrixToSrgb(color.chromaticities);
  const output = new Uint8ClampedArray(samples.length);
  for (let offset = 0; offset < samples.length; offset += 4) {
    const r = linear[samples[offset]!]!;
    const g = linear[samples[offset + 1]!]!;
    const b = linear[samples[offset + 2]!]!;
    output[offset] = encoded(red[0] * r + red[1] * g + red[2] * b);
    output[offset + 1] = encoded(green[0] * r + green[1] * g + green[2] * b);
    output[offset + 2] = encoded(blue[0] * r + blue[1] * g + blue[2] * b);
    output[offset + 3] = (samples[offset + 3]! * 255) / maximum;
  }
  return output;
}

/** Light as an sRGB sample, by a table: a power for each of millions of samples takes seconds. */
function encoded(light: number): number {
  return toSrgb[Math.max(0, Math.min(tableSize, Math.round(light * tableSize)))]!;
}

const tableSize = 65_535;
const toSrgb = /* @__PURE__ */ Float32Array.from({ length: tableSize + 1 }, (_, index) => {
  const light = index / tableSize;
  return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
});

/** From linear light in these primaries to linear light in those of sRGB, the white point adapted by Bradford. */
function matrixToSrgb(chromaticities: Chromaticities): Matrix {
  if (chromaticities === srgbChromaticities) return identity;
  const from = multiply(adaptation(whiteOf(chromaticities), whiteOf(srgbChromaticities)), toXyz(chromaticities));
  return multiply(invert(toXyz(srgbChromaticities)), from);
}

const identity: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

function adaptation(from: Vector, to: Vector): Matrix {
  const source = apply(bradford, from);
  const target = apply(bradford, to);
  const scale: Matrix = [
    [target[0] / source[0], 0, 0],
    [0, target[1] / source[1], 0],
    [0, 0, target[2] / source[2]],
  ];
  return multiply(invert(bradford), multiply(scale, bradford));
}

function toXyz([whiteX, whiteY, ...primaries]: Chromaticities): Matrix {
  const [rx, ry, gx, gy, bx, by] = primaries;
  const [red, green, blue] = [xyz(rx, ry), xyz(gx, gy), xyz(bx, by)];
  const columns: Matrix = [
    [red[0], green[0], blue[0]],
    [red[1], green[1], blue[1]],
    [red[2], green[2], blue[2]],
  ];
  const [r, g, b] = apply(invert(columns), xyz(whiteX, whiteY));
  return multiply(columns, [
    [r, 0, 0],
    [0, g, 0],
    [0, 0, b],
  ]);
}

const whiteOf = ([x, y]: Chromaticities): Vector => xyz(x, y);
const xyz = (x: number, y: number): Vector => [x / y, 1, (1 - x - y) / y];

function apply(matrix: Matrix, [x, y, z]: Vector): Vector {
  const row = ([a, b, c]: Vector): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const row = ([a, b, c]: Vector): Vector => [
    a * right[0][0] + b * right[1][0] + c * right[2][0],
    a * right[0][1] + b * right[1][1] + c * right[2][1],
    a * right[0][2] + b * right[1][2] + c * right[2][2],
  ];
  return [row(left[0]), row(left[1]), row(left[2])];
}

function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const over = (value: number): number => value / determinant;
  return [
    [over(e * i - f * h), over(c * h - b * i), over(b * f - c * e)],
    [over(f * g - d * i), over(a * i - c * g), over(c * d - a * f)],
    [over(d * h - e * g), over(b * g - a * h), over(a * e - b * d)],
  ];
}
