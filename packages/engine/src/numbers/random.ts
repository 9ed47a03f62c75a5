/**
 * Random numbers from integers alone, so that a seed gives the same numbers on every machine: sfc32, seeded by two
 * 32-bit words.
 *
 * @param seed What the caller chose.
 * @param stream Which of the independent sequences of that seed.
 */
export function createRandom(seed: number, stream: number): Random {
  let a = mix(seed ^ 0x9e3779b9);
  let b = mix(stream + 0x7f4a7c15);
  let c = mix(a ^ Math.imul(b, 0x85ebca6b));
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();

  const uniform = (): number => (next() >>> 8) / 0x1000000;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    gaussian: () => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += uniform();
      return (sum - 3) * Math.SQRT2;
    },
  };
}

export interface Random {
  /** From 0, included, to 1, excluded. */
  uniform(): number;
  between(low: number, high: number): number;
  /** Mean 0, variance 1; the sum of six uniform numbers, so never beyond 4.25. */
  gaussian(): number;
}

/**
 * A number from 0 to 1 that covers the range evenly over consecutive seeds: the multiples of an irrational number.
 *
 * @param step The irrational's fraction, as 32 bits.
 */
export function spread(seed: number, step: number): number {
  return (Math.imul(seed, step) >>> 8) / 0x1000000;
}

/** Steps for {@link spread} that are independent of each other: the powers of the inverse of the plastic number's kin. */
export const spreadSteps = {
  zoom: 0xc13fa9a9,
  light: 0x91e10da5,
  hue: 0x6d9b0ca9,
  shift: 0x525f7b11,
  rise: 0xdb4f0b91,
} as const;

function mix(word: number): number {
  let hash = word | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
