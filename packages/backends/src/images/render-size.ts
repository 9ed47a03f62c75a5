/** What sizes a target can make. */
export interface RenderSizes {
  /** Below it, its models make poor images: larger ones are asked for and scaled down. */
  readonly minimum: number;
  readonly maximum: number;
  /** Sizes are multiples of it. */
  readonly step: number;
}

/** The size to ask of a target, in pixels, for images of this size. */
export function renderSize(size: number, { minimum, maximum, step }: RenderSizes): number {
  return Math.min(maximum, Math.ceil(Math.max(size, minimum) / step) * step);
}
