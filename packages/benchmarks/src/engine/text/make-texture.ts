import type { PixelImage } from "@image-variations/engine";

type Shade = (x: number, y: number) => number;

/** A pattern without text, grey on grey: noise, scattered discs or blades, lattices, bars, bricks, dots or a chequerboard. */
export function makeTexture(size: number, random: () => number): PixelImage {
  const kinds = [noise, scatter, scatter, scatter, lattice, bricks, bars, chequers];
  const shade = kinds[Math.floor(random() * kinds.length)]!(size, random);
  const [turn, grain] = [random() < 0.5 ? 0 : random() * Math.PI, random() * 30];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [u, v] = [x * cos + y * sin + 2 * size, y * cos - x * sin + 2 * size];
      const value = shade(u, v) + grain * (random() - 0.5);
      data.fill(value, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return { width: size, height: size, data };
}

function twoGreys(random: () => number): readonly [number, number] {
  const first = 255 * random();
  return [first, first < 128 ? first + 30 + random() * 120 : first - 30 - random() * 120];
}

function noise(_: number, random: () => number): Shade {
  const cell = 1 + random() * 5;
  const [middle, range] = [90 + 80 * random(), 60 + 140 * random()];
  const values = Float32Array.from({ length: 4096 }, random);
  return (x, y) => {
    const at = Math.imul(Math.floor(x / cell), 73_856_093) ^ Math.imul(Math.floor(y / cell), 19_349_663);
    return middle + range * ((values[(at ^ (at >>> 11)) & 4095] ?? 0) - 0.5);
  };
}

/** Discs, stones, leaves or blades of grass, some far apart, some over each other, looked up by cells. */
function scatter(size: number, random: () => number): Shade {
  const [length, slimness, sameWay] = [3 + 22 * random() ** 2, 0.08 + 0.92 * random(), random()];
  const density = 0.15 + 2 * random();
  const [ground, thing] = twoGreys(random);
  const greys = random() * 120;
  const field = size * 1.5;
  const cells = Math.ceil(field / length);
  const buckets: { x: number; y: number; cos: number; sin: number; length: number; grey: number }[][] = Array.from(
    { length: cells * cells },
    () => [],
  );
  const count = Math.min(6000, (density * field * field) / (length * length * 3 * slimness));
  for (let i = 0; i < count; i++) {
    const angle = random() < sameWay ? 0.2 * random() : Math.PI * random();
    const [x, y] = [random() * field, random() * field];
    const each = {
      x,
      y,
      cos: Math.cos(angle),
      sin: Math.sin(angle),
      length: length * (0.4 + 0.6 * random()),
      grey: thing + greys * (random() - 0.5),
    };
    for (let v = -1; v <= 1; v++) {
      for (let u = -1; u <= 1; u++) {
        const [column, row] = [Math.floor(x / length) + u, Math.floor(y / length) + v];
        if (column >= 0 && row >= 0 && column < cells && row < cells) buckets[row * cells + column]!.push(each);
      }
    }
  }
  return (x, y) => {
    const [a, b] = [x % field, y % field];
    const found = buckets[Math.floor(b / length) * cells + Math.floor(a / length)]?.findLast((each) => {
      const [dx, dy] = [a - each.x, b - each.y];
      const along = (dx * each.cos + dy * each.sin) / each.length;
      const across = (dy * each.cos - dx * each.sin) / (each.length * slimness);
      return along * along + across * across < 1;
    });
    return found?.grey ?? ground;
  };
}

/** Equal dots or rings in rows, some of them missing. */
function lattice(_: number, random: () => number): Shade {
  const step = 8 + 40 * random();
  const [radius, ring, shift, missing] = [
    step * (0.2 + 0.28 * random()),
    random() * 0.7,
    random() * step,
    random() * 0.3,
  ];
  const [ground, dot] = twoGreys(random);
  const gaps = Float32Array.from({ length: 1024 }, random);
  return (x, y) => {
    const row = Math.floor(y / step);
    const column = Math.floor((x + (row % 2) * shift) / step);
    if ((gaps[(row * 31 + column) & 1023] ?? 0) < missing) return ground;
    const [dx, dy] = [((x + (row % 2) * shift) % step) - step / 2, (y % step) - step / 2];
    const distance = Math.sqrt(dx * dx + dy * dy);
    return distance < radius && distance > radius * ring ? dot : ground;
  };
}

function bricks(_: number, random: () => number): Shade {
  const [width, height, joint] = [20 + 70 * random(), 10 + 40 * random(), 2 + 5 * random()];
  const [stone, mortar] = twoGreys(random);
  const greys = Float32Array.from({ length: 1024 }, () => 50 * (random() - 0.5));
  return (x, y) => {
    const row = Math.floor(y / height);
    const along = x + (row % 2) * (width / 2);
    if (y % height < joint || along % width < joint) return mortar;
    return stone + (greys[(row * 57 + Math.floor(along / width)) & 1023] ?? 0);
  };
}

function bars(size: number, random: () => number): Shade {
  const [step, share, wobble] = [6 + 40 * random(), 0.15 + 0.6 * random(), random() * 6];
  const [ground, bar] = twoGreys(random);
  const length = size * (0.1 + random());
  const wave = 20 + 80 * random();
  return (x, y) =>
    (x + wobble * Math.sin(y / wave) + 100) % step < step * share && y % length < length * 0.9 ? bar : ground;
}

function chequers(_: number, random: () => number): Shade {
  const [width, height] = [6 + 50 * random(), 6 + 50 * random()];
  const [even, odd] = twoGreys(random);
  return (x, y) => ((Math.floor(x / width) + Math.floor(y / height)) % 2 ? odd : even);
}
