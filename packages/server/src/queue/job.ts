import type { BackendImage, VariationRequest } from "@image-variations/backends";
import { hashText } from "./hash-text.ts";

/** Where servers and workers find each other, and how. */
export interface QueueOptions {
  /** The URL of a Redis or Valkey, such as `redis://127.0.0.1:6379`. */
  readonly redis: string;
  /** Workers serve the queue of this name alone. Letters, digits, `-` and `_`. @default "image-variations" */
  readonly name?: string;
}

/** What waits in the queue: the request, with the image by its key in the store. */
export interface JobData extends Omit<VariationRequest, "image" | "signal" | "onProgress" | "seed"> {
  /** Chosen by the server, so that a job that is done again makes the same images. */
  readonly seed: number;
  /** The turn that the job was given. */
  readonly turn: number;
  /** When its request has ended at the latest, in milliseconds since 1970. */
  readonly deadline: number;
}

/** How far a worker has come. */
export interface JobProgress {
  /** What is known of the images that are stored, in their order. */
  readonly images: readonly JobImage[];
  /** Share of the work that is done, 0 to 1. */
  readonly done: number;
}

/** An image without its bytes, which are in the store. */
export type JobImage = Omit<BackendImage, "bytes">;

/** How a job ended: without a failure all its images are stored. */
export interface JobOutcome {
  readonly failure?: JobFailure;
}

/** An error on its way from a worker to a server: the fields of a `BackendError`. */
export interface JobFailure {
  readonly message: string;
  readonly status: number;
  readonly code: string | null;
  readonly type: string;
  readonly param: string | null;
  readonly retryAfter?: number;
}

export const defaultQueueName = "image-variations";

/** A worker that does not say for so long that it lives, in milliseconds, has lost its job to another one. */
export const lockDuration = 10_000;
/** How often a worker says that it lives: a Redis that is away for less than the rest of the lock costs no job. */
export const lockRenewTime = 2_000;
/** How often workers look for jobs that are lost: one that is killed is replaced within the sum of this and the lock. */
export const stalledInterval = 2_500;

/** What ends the key that says that a job is cancelled. */
export const cancelledSuffix = "cancelled";

/** The id of the input image of a job in the store. Job ids cannot be guessed, and neither can what is derived from them. */
export function inputIdOf(jobId: string): Promise<string> {
  return hashText(`${jobId}/input`);
}

/** The id of a result in the store: the same from every worker, so that work done twice is stored once. */
export function resultIdOf(jobId: string, index: number, seed: number): Promise<string> {
  return hashText(`${jobId}/${index}/${seed}`);
}

/** The seed of an image, as backends count seeds up from that of the first. */
export function seedAt(seed: number, index: number): number {
  return (seed + index) % 2 ** 32;
}
