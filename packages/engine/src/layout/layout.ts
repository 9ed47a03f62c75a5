/** Where the parts of the result come from, cell by cell of a small grid, row by row. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The small image as it is to be: four channels per cell, 0 to 1. */
  readonly colours: Float64Array;
  /** The same without the objects that were moved: what the rest is made of. */
  readonly background: Float64Array;
  /** From 0 (free to be re-made) to 1 (pinned). */
  readonly pins: Float64Array;
  /** How many cells to the right and down what stands here was moved. */
  readonly movedX: Int16Array;
  readonly movedY: Int16Array;
  /** How strongly what stands here should come from near here, from 0 to 1. */
  readonly placeWeights: Float64Array;
  /** The rigidity of what stands in the image here: what is unique should not appear twice. */
  readonly rigidity: Float64Array;
  /** 1 where the image shows an object that has been moved: from there, nothing else is made. */
  readonly taken: Uint8Array;
}
