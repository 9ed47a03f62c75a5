import type { Usage } from "@image-variations/client";

/** What a backend is asked for: the contract's parameters, checked, and the image's bytes. */
export interface VariationRequest {
  /** The image as it was sent: a valid, square PNG. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** How many variations, at least 1. */
  readonly n: number;
  /** Width and height of each variation in pixels. */
  readonly size: number;
  /** The model that the caller named, if any. A backend that has one model ignores it. */
  readonly model?: string;
  /** The caller's own user, as the contract's `user` has it. */
  readonly user?: string;
  /** Who sends the request, as the server names its callers: never a key. */
  readonly caller?: string;
  /** An integer from 0 to 4,294,967,295 that makes the same images again, where the backend can. */
  readonly seed?: number;
  /** How far a variation may go from the image, 0 to 1. */
  readonly strength?: number;
  /** What the variations should show, in words. */
  readonly prompt?: string;
  /**
   * How long images are to be fetched by URL, in milliseconds. Said to a backend alone that shares the server's store: what it
   * stores there for so long need not be stored again, and is yielded as a `file`.
   */
  readonly fileLifetime?: number;
  /** Ends the work. The iteration then throws the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BackendProgress) => void;
}

/** How far a request has come. */
export interface BackendProgress {
  /** The variation that this is about, from 0, where the backend can tell. */
  readonly index?: number;
  /** Share of the work that is done, 0 to 1. */
  readonly done: number;
}

/** A file in the store of the server. */
export interface ImageFile {
  readonly id: string;
  /** When it is gone, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** One variation, encoded. */
export interface BackendImage {
  /** Empty if it is a `file`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where it lies, if the request has a `fileLifetime`. */
  readonly file?: ImageFile;
  readonly mediaType: "image/png" | "image/jpeg" | "image/webp";
  /** The prompt that the system really used, if it says so. */
  readonly revisedPrompt?: string;
  /** The tokens that were spent since the image before, if the system counts them: a request's `usage` is their sum. */
  readonly usage?: Usage;
}

/** What a backend can do with the extra controls, so that a server can say what it ignores. */
export interface BackendCapabilities {
  readonly seed: boolean;
  readonly strength: boolean;
  readonly prompt: boolean;
}

/** What a backend has handed to other machines. */
export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  /** How many workers there are. */
  readonly workers: number;
}

/** A system that makes variations. An `AsyncIterable` yields each image as soon as it is done, exactly `n` of them, or throws. */
export interface Backend {
  /** Names it in logs and metrics, such as `engine`. */
  readonly name: string;
  /** @default nothing of it */
  readonly capabilities?: Partial<BackendCapabilities>;
  /** How many requests it wants at the same time, such as a backend on other machines. @default as the server decides */
  readonly concurrency?: number;
  createVariations(request: VariationRequest): AsyncIterable<BackendImage>;
  /** Whether it could make images now; rejects with the reason if not. A server responds to `/readyz` with it. */
  checkReady?(signal?: AbortSignal): Promise<void>;
  /** What waits and is worked on elsewhere, for a server's metrics. */
  countJobs?(): Promise<JobCounts>;
  /** Frees what it holds: threads, connections. */
  close?(): Promise<void>;
  /** The store that it puts images into. If it is the server's own, requests have a `fileLifetime`. @default none */
  readonly store?: object;
}
