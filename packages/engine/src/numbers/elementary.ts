// JavaScript leaves the last bits of Math.exp, Math.sin and their kin to the engine. These use only +, −, × and ÷, which
// are exact everywhere, so that the same seed gives the same bytes on every runtime.

const bits = new DataView(new ArrayBuffer(8));

/** e to the power of x. */
export function exp(x: number): number {
  if (x < -700) return 0;
  const exponent = Math.floor(x / Math.LN2 + 0.5);
  const rest = x - exponent * Math.LN2;
  let term = 1;
  let sum = 1;
  for (let i = 1; i < 18; i++) {
    term = (term * rest) / i;
    sum += term;
  }
  bits.setInt32(0, (exponent + 1023) << 20);
  bits.setInt32(4, 0);
  return sum * bits.getFloat64(0);
}

/** The natural logarithm of x > 0. */
export function log(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getInt32(0);
  let exponent = (high >> 20) - 1023;
  bits.setInt32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const t = (mantissa - 1) / (mantissa + 1);
  let power = t;
  let sum = 0;
  for (let i = 1; i < 26; i += 2) {
    sum += power / i;
    power *= t * t;
  }
  return 2 * sum + exponent * Math.LN2;
}

/** x ≥ 0 to the power of y. */
export function pow(x: number, y: number): number {
  return x <= 0 ? 0 : exp(y * log(x));
}

/** The cube root, of negative numbers too. */
export function cbrt(x: number): number {
  return x < 0 ? -pow(-x, 1 / 3) : pow(x, 1 / 3);
}

/** The sine of x radians. */
export function sin(x: number): number {
  const turn = x - Math.floor(x / (2 * Math.PI) + 0.5) * 2 * Math.PI;
  let term = turn;
  let sum = turn;
  for (let i = 2; i < 26; i += 2) {
    term = (-term * turn * turn) / (i * (i + 1));
    sum += term;
  }
  return sum;
}

/** The cosine of x radians. */
export function cos(x: number): number {
  return sin(x + Math.PI / 2);
}
