import { createRandom } from "../metrics/random.ts";
import { type NamedImage, readSquare } from "../quality/read-images.ts";
import { makeTexture } from "./make-texture.ts";
import { makeTextImage, type TextImage, textKinds } from "./make-text-image.ts";

/** The photographs and fonts of one half: what is fitted on one is measured on the other. */
export interface Half {
  readonly directory: string;
  readonly photographs: readonly string[];
  readonly fonts: readonly string[];
  readonly seed: number;
}

const sizes = [512, 512, 256, 384];

/** Splits photographs and fonts by turns, so that no photograph and no font is in both halves. */
export function split(directory: string, photographs: readonly string[], fonts: readonly string[]): [Half, Half] {
  const part = (which: number): Half => ({
    directory,
    photographs: photographs.filter((_, i) => i % 2 === which),
    fonts: fonts.filter((_, i) => i % 2 === which),
    seed: 101 + which,
  });
  return [part(0), part(1)];
}

/** Photographs with lettering drawn into them, kinds by turns, at 256 to 512 pixels a side. */
export async function* withText(
  { directory, photographs, fonts, seed }: Half,
  count: number,
): AsyncIterable<TextImage> {
  const random = createRandom(seed);
  for (let i = 0; i < count; i++) {
    const photograph = photographs[Math.floor(random() * photographs.length)]!;
    const { image } = await readSquare(directory, photograph, sizes[Math.floor(random() * sizes.length)] ?? 0);
    yield await makeTextImage({ background: image, kind: textKinds[i % textKinds.length]!, fonts, random });
  }
}

/** The photographs as they are, at two sizes. */
export async function* withoutText({ directory, photographs }: Half): AsyncIterable<NamedImage> {
  for (const photograph of photographs) {
    for (const size of [512, 256]) yield await readSquare(directory, photograph, size);
  }
}

/** Patterns drawn in code. */
export function* textures({ seed }: Half, count: number): Iterable<NamedImage> {
  const random = createRandom(seed + 1000);
  for (let i = 0; i < count; i++) {
    yield { name: `texture ${i}`, image: makeTexture(sizes[i % sizes.length] ?? 0, random) };
  }
}
