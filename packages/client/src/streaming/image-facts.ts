/** What a response says of an image beside its bytes. */
export interface ImageFacts {
  /** The image's place in the response's `data`, from 0. */
  readonly index: number;
  /** Where the image is, if it is not in the response. */
  url?: string | null | undefined;
  /** The prompt that was used, if the server changed it. It may come only after the bytes. */
  revised_prompt?: string | null | undefined;
}
