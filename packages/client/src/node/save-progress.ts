/** What `saveVariation` tells while it works. */
export type SaveProgress = SaveImageStarted | SaveImageBytes | SaveImageSaved;

interface SaveProgressFacts {
  /** The image's place in the response, from 0. */
  readonly index: number;
  /** How many bytes of this image there are by now. */
  readonly bytes: number;
  /** How many bytes of all images there are by now. */
  readonly totalBytes: number;
}

/** An image has begun to arrive. */
export interface SaveImageStarted extends SaveProgressFacts {
  readonly type: "started";
}

/** More of an image has arrived. */
export interface SaveImageBytes extends SaveProgressFacts {
  readonly type: "bytes";
}

/** An image is complete, and has its name. */
export interface SaveImageSaved extends SaveProgressFacts {
  readonly type: "saved";
  readonly path: string;
}
