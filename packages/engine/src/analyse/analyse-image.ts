import type { Arena, Raster } from "../kernels/arena.ts";
import type { PixelImage } from "../variation-options.ts";
import type { Work } from "../work/work.ts";
import { mean, type Grid } from "./grid.ts";
import { measureColours, type Colours } from "./measure-colours.ts";
import { measureLines, type Lines } from "./measure-lines.ts";
import { measureRigidity } from "./measure-rigidity.ts";
import { measureSurface, type Surface } from "./measure-surface.ts";

/** What is known about an image before it is varied. */
export interface Analysis {
  readonly surface: Surface;
  readonly colours: Colours;
  readonly rigidity: Grid;
  readonly meanRigidity: number;
  readonly lines: Lines;
}

/** @param loaded The same image in the kernels' memory. */
export function* analyseImage(arena: Arena, image: PixelImage, loaded: Raster): Work<Analysis> {
  const surface = measureSurface(image);
  const colours = yield* measureColours(arena, loaded);
  const rigidity = yield* measureRigidity(arena, loaded);
  const lines = yield* measureLines(arena, loaded);
  return { surface, colours, rigidity, meanRigidity: mean(rigidity), lines };
}
