/** What an answer says of an image beside the picture itself. */
export interface ImageFacts {
  /** The image's place in the answer's `data`, from 0. */
  readonly index: number;
  /** Where the picture is, if it is not in the answer. */
  url?: string | null | undefined;
  /** The prompt that was used, if the server changed it. It may come only after the picture. */
  revised_prompt?: string | null | undefined;
}
