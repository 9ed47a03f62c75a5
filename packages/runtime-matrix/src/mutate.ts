import { chunk, concatenate, signature } from "@image-variations/png-corpus";

/** A generator of numbers from 0 up to a limit, the same for the same seed. */
export type Random = (limit: number) => number;

/** Random numbers that a seed decides (the generator that is known as mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** A file that is a little, or more, unlike the one it is made of. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const mutation = mutations[random(mutations.length)]!;
  return mutation(Uint8Array.from(bytes), random);
}

type Mutation = (bytes: Uint8Array<ArrayBuffer>, random: Random) => Uint8Array<ArrayBuffer>;

/** Those that work on chunks make the CRCs right again, so that what is behind a CRC is looked at as well. */
const mutations: readonly Mutation[] = [
  function flipBits(bytes, random) {
    for (let times = 1 + random(3); times > 0 && bytes.length > 0; times--)
      bytes[random(bytes.length)]! ^= 1 << random(8);
    return bytes;
  },
  function truncate(bytes, random) {
    return bytes.slice(0, random(bytes.length + 1));
  },
  function insertBytes(bytes, random) {
    const at = random(bytes.length + 1);
    const more = Uint8Array.from({ length: 1 + random(8) }, () => random(256));
    return concatenate(bytes.subarray(0, at), more, bytes.subarray(at));
  },
  function removeBytes(bytes, random) {
    const at = random(bytes.length + 1);
    return concatenate(bytes.subarray(0, at), bytes.subarray(at + 1 + random(8)));
  },
  onChunks(function changeData(chunks, random) {
    const target = chunks[random(chunks.length)]!;
    for (let times = 1 + random(3); times > 0 && target.data.length > 0; times--) {
      target.data[random(target.data.length)] = random(256);
    }
    return chunks;
  }),
  onChunks(function changeDataOfImage(chunks, random) {
    const targets = chunks.filter(({ type, data }) => type === "IDAT" && data.length > 0);
    const target = targets[random(targets.length || 1)];
    if (target) target.data[random(Math.min(target.data.length, 40))]! ^= 1 << random(8);
    return chunks;
  }),
  onChunks(function changeLength(chunks, random) {
    const target = chunks[random(chunks.length)]!;
    const length = random(target.data.length + 4);
    target.data = Uint8Array.from({ length }, (_, index) => target.data[index] ?? random(256));
    return chunks;
  }),
  onChunks(function changeHeader(chunks, random) {
    const [header] = chunks;
    const index = random(13);
    if (header && header.data.length === 13) header.data[index] = [0, 1, 2, 3, 4, 6, 8, 16, random(256)][random(9)]!;
    return chunks;
  }),
  onChunks(function removeChunk(chunks, random) {
    chunks.splice(random(chunks.length), 1);
    return chunks;
  }),
  onChunks(function repeatChunk(chunks, random) {
    chunks.splice(random(chunks.length), 0, chunks[random(chunks.length)]!);
    return chunks;
  }),
  onChunks(function swapChunks(chunks, random) {
    const [a, b] = [random(chunks.length), random(chunks.length)];
    [chunks[a], chunks[b]] = [chunks[b]!, chunks[a]!];
    return chunks;
  }),
  onChunks(function changeType(chunks, random) {
    const target = chunks[random(chunks.length)]!;
    const letters = [...target.type];
    letters[random(4)] = String.fromCharCode(32 + random(96));
    target.type = letters.join("");
    return chunks;
  }),
  onChunks(function splitData(chunks, random) {
    const index = chunks.findIndex(({ type }) => type === "IDAT");
    const target = chunks[index];
    if (!target) return chunks;
    const at = random(target.data.length + 1);
    const parts = [target.data.slice(0, at), target.data.slice(at)];
    chunks.splice(index, 1, ...parts.map((data) => ({ type: "IDAT", data })));
    return chunks;
  }),
];

interface Chunk {
  type: string;
  data: Uint8Array;
}

function onChunks(mutation: (chunks: Chunk[], random: Random) => Chunk[]): Mutation {
  return (bytes, random) => {
    const chunks: Chunk[] = [];
    const view = new DataView(bytes.buffer);
    for (let offset = 8; offset + 12 <= bytes.length;) {
      const length = Math.min(view.getUint32(offset), bytes.length - offset - 12);
      const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
      chunks.push({ type, data: bytes.slice(offset + 8, offset + 8 + length) });
      offset += 12 + length;
    }
    if (chunks.length === 0) return bytes;
    return concatenate(signature, ...mutation(chunks, random).map(({ type, data }) => chunk(type, data)));
  };
}
