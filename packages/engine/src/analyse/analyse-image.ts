import type { Arena, Raster } from "../kernels/arena.ts";
import type { PixelImage } from "../variation-options.ts";
import type { Work } from "../work/work.ts";
import { detectTextInSlices, type TextLine, type TextMap } from "./detect-text.ts";
import { mean, valueAtShare, type Grid } from "./grid.ts";
import { measureColours, type Colours } from "./measure-colours.ts";
import { measureLight, measureLines, type Lines } from "./measure-lines.ts";
import { measureRigidity, type Stiffness } from "./measure-rigidity.ts";
import { measureSurface, type Surface } from "./measure-surface.ts";

/** What is known about an image before it is varied. */
export interface Analysis extends Stiffness {
  /** The image's own size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly surface: Surface;
  readonly colours: Colours;
  readonly meanRigidity: number;
  readonly light: Grid;
  readonly lines: Lines;
  /** What is written in the image: it stays legible. */
  readonly text: readonly TextLine[];
}

/** What can be found out independently, each by another worker; they take about the same time. */
export interface AnalysisParts {
  readonly look: Look;
  readonly text: TextMap;
}

/** What is known without knowing what is text. */
export interface Look extends Stiffness {
  readonly surface: Surface;
  readonly colours: Colours;
  readonly light: Grid;
  readonly lines: Lines;
}

/** @param loaded The same image in the kernels' memory. */
export function* analyseImage(arena: Arena, image: PixelImage, loaded: Raster): Work<Analysis> {
  const look = yield* analyseLook(arena, image, loaded);
  return combineAnalysis(image, { look, text: yield* detectTextInSlices(image) });
}

/** @param loaded The same image in the kernels' memory. */
export function* analyseLook(arena: Arena, image: PixelImage, loaded: Raster): Work<Look> {
  const surface = measureSurface(image);
  const colours = yield* measureColours(arena, loaded);
  const light = yield* measureLight(arena, loaded);
  const stiffness = yield* measureRigidity(arena, loaded, light);
  yield;
  return { surface, colours, ...stiffness, light, lines: measureLines(light) };
}

export function combineAnalysis({ width, height }: PixelImage, { look, text }: AnalysisParts): Analysis {
  const rigidity = text.lines.length > 0 ? keepText(look.rigidity, text) : look.rigidity;
  return { width, height, ...look, rigidity, meanRigidity: mean(rigidity), text: text.lines };
}

/** Text is as rigid as a face, and what is close to it too. */
function keepText(rigidity: Grid, { columns, rows, data }: TextMap): Grid {
  const text: Grid = { width: columns, height: rows, values: data };
  const { width, height } = rigidity;
  const values = rigidity.values.map((value, cell) => {
    const x = cell % width;
    const y = (cell - x) / width;
    let most = 0;
    for (const offsetX of [-1, 0, 1]) {
      for (const offsetY of [-1, 0, 1]) {
        most = Math.max(most, valueAtShare(text, (x + offsetX + 0.5) / width, (y + offsetY + 0.5) / height));
      }
    }
    return most > 0.25 ? 1 : value;
  });
  return { width, height, values };
}
