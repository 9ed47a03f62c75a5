import type { Arena, Raster } from "../kernels/arena.ts";
import type { PixelImage } from "../variation-options.ts";
import type { Work } from "../work/work.ts";
import { detectTextInSlices, type TextLine } from "./detect-text.ts";
import { mean, valueAtShare, type Grid } from "./grid.ts";
import { measureColours, type Colours } from "./measure-colours.ts";
import { measureLines, type Lines } from "./measure-lines.ts";
import { measureRigidity } from "./measure-rigidity.ts";
import { measureSurface, type Surface } from "./measure-surface.ts";

/** What is known about an image before it is varied. */
export interface Analysis {
  /** The image's own size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly surface: Surface;
  readonly colours: Colours;
  readonly rigidity: Grid;
  readonly meanRigidity: number;
  readonly lines: Lines;
  /** What is written in the image: it stays legible. */
  readonly text: readonly TextLine[];
}

/** @param loaded The same image in the kernels' memory. */
export function* analyseImage(arena: Arena, image: PixelImage, loaded: Raster): Work<Analysis> {
  const surface = measureSurface(image);
  const colours = yield* measureColours(arena, loaded);
  const rigidity = yield* measureRigidity(arena, loaded);
  const lines = yield* measureLines(arena, loaded);
  const text = yield* detectTextInSlices(image);
  if (text.lines.length > 0) keepText(rigidity, { width: text.columns, height: text.rows, values: text.data });
  const { width, height } = image;
  return { width, height, surface, colours, rigidity, meanRigidity: mean(rigidity), lines, text: text.lines };
}

/** Makes text as rigid as a face, and what is close to it too. */
function keepText({ width, height, values }: Grid, text: Grid): void {
  for (const cell of values.keys()) {
    const x = cell % width;
    const y = (cell - x) / width;
    let most = 0;
    for (const offsetX of [-1, 0, 1]) {
      for (const offsetY of [-1, 0, 1]) {
        most = Math.max(most, valueAtShare(text, (x + offsetX + 0.5) / width, (y + offsetY + 0.5) / height));
      }
    }
    if (most > 0.25) values[cell] = 1;
  }
}
