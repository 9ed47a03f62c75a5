/** What the contract asks of a picture beyond its being there; the spec's `x-image-limits`. */
export interface ImageLimits {
  /** The media types that are taken, such as `image/png`. Without it, only PNG is. */
  readonly mediaTypes?: readonly string[];
  /** Whether width and height must be equal. */
  readonly square?: boolean;
  /** The number of bytes that a file must stay below. */
  readonly exclusiveMaximumBytes?: number;
  /** The number of bytes from which some servers may refuse a file. */
  readonly warningFromBytes?: number;
}
