import { detectText } from "../../../../engine/src/analyse/detect-text.ts";
import { type Half, textures, withoutText, withText } from "./examples.ts";
import type { TextKind } from "./make-text-image.ts";

/** How well the detector does on one half. */
export interface Evaluation {
  readonly kinds: readonly KindFigures[];
  /** Share of the photographs without text in which something is taken for text. */
  readonly falseAlarms: number;
  /** The same for patterns drawn in code. */
  readonly falseTextures: number;
  /** Mean share of those photographs that is taken for text. */
  readonly falseShare: number;
  /** The photographs with the largest false share, and that share. */
  readonly worst: readonly (readonly [string, number])[];
  readonly milliseconds: number;
}

export interface KindFigures {
  readonly kind: TextKind | "all";
  readonly images: number;
  /** Share of the cells of text that are found. */
  readonly recall: number;
  /** Share of the cells found that are text, or beside text. */
  readonly precision: number;
  /** Share of the images of which at least half of the text is found. */
  readonly found: number;
}

const cells = 64;

export async function evaluate(half: Half, count: number): Promise<Evaluation> {
  const counts = new Map<
    TextKind | "all",
    { images: number; text: number; hits: number; marked: number; right: number; found: number }
  >();
  const times: number[] = [];
  for await (const { image, mask, kind } of withText(half, count)) {
    const started = performance.now();
    const map = detectText(image, { columns: cells, rows: cells });
    times.push(performance.now() - started);
    const truth = toCells(mask, image.width, image.height);
    let [text, hits, marked, right] = [0, 0, 0, 0];
    for (let i = 0; i < truth.length; i++) {
      const isMarked = (map.data[i] ?? 0) >= 0.5;
      if ((truth[i] ?? 0) > 0.5) {
        text++;
        if (isMarked) hits++;
      }
      if (isMarked) {
        marked++;
        if (isNearText(truth, i)) right++;
      }
    }
    for (const key of [kind, "all"] as const) {
      const sum = counts.get(key) ?? { images: 0, text: 0, hits: 0, marked: 0, right: 0, found: 0 };
      counts.set(key, {
        images: sum.images + 1,
        text: sum.text + text,
        hits: sum.hits + hits,
        marked: sum.marked + marked,
        right: sum.right + right,
        found: sum.found + (hits >= text / 2 ? 1 : 0),
      });
    }
  }
  const shares: [string, number][] = [];
  for await (const { name, image } of withoutText(half)) {
    shares.push([`${name} at ${image.width}²`, detectText(image).share]);
  }
  const textureShares = [...textures(half, count / 2)].map(({ image }) => detectText(image).share);
  return {
    kinds: [...counts].map(([kind, { images, text, hits, marked, right, found }]) => ({
      kind,
      images,
      recall: hits / text,
      precision: right / Math.max(1, marked),
      found: found / images,
    })),
    falseTextures: textureShares.filter((share) => share > 0).length / textureShares.length,
    falseAlarms: shares.filter(([, share]) => share > 0).length / shares.length,
    falseShare: shares.reduce((sum, [, share]) => sum + share, 0) / shares.length,
    worst: shares.toSorted((a, b) => b[1] - a[1]).slice(0, 12),
    milliseconds: times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0,
  };
}

/** The share of each cell that is text. */
function toCells(mask: Uint8Array, width: number, height: number): Float32Array {
  const shares = new Float32Array(cells * cells);
  const counts = new Float32Array(cells * cells);
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const cell = Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width);
    shares[cell] = (shares[cell] ?? 0) + (mask[i] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return shares.map((share, i) => share / (counts[i] ?? 0));
}

function isNearText(truth: Float32Array, i: number): boolean {
  const [x, y] = [i % cells, Math.floor(i / cells)];
  for (let v = Math.max(0, y - 1); v <= Math.min(cells - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(cells - 1, x + 1); u++)
      if ((truth[v * cells + u] ?? 0) > 0) return true;
  }
  return false;
}
