export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Up to this many pixels, what is made changes from level to level, and small steps pay. */
const carefulArea = 256 * 256;
const carefulStep = 4 / 3;
const boldStep = Math.SQRT2;

/** The sizes of the result from the layout's to the full one. */
export function levelSizes(layout: Size, full: Size): Size[] {
  const sizes: Size[] = [full];
  for (let scale = 1; ;) {
    const area = full.width * full.height * scale * scale;
    scale /= area > carefulArea ? boldStep : carefulStep;
    const size = { width: Math.round(full.width * scale), height: Math.round(full.height * scale) };
    if (size.width <= layout.width * 1.15 || size.height <= layout.height * 1.15) return [layout, ...sizes];
    sizes.unshift(size);
  }
}
