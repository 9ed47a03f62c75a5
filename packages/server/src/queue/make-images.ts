import type { Backend, BackendImage, VariationRequest } from "@image-variations/backends";
import type { Job } from "bullmq";
import type { FileStore } from "../stores/file-store.ts";
import { runBackend } from "../work/run-backend.ts";
import { resultIdOf, seedAt, type JobData, type JobImage, type JobOutcome, type JobProgress } from "./job.ts";

export type VariationJob = Job<JobData, JobOutcome>;

/** How often a server is told of the work within an image, in milliseconds. */
const reportInterval = 500;

/** The client has left, or another worker has the job. */
export class CancelledError extends Error {}

/** The worker closes, and another one is to do the job. */
export class ClosingError extends Error {}

/** A job, and what it is done with. */
export interface Work {
  readonly job: VariationJob;
  /** What the client sent. */
  readonly image: Uint8Array<ArrayBuffer>;
  readonly backend: Backend;
  readonly store: FileStore;
  readonly signal: AbortSignal;
}

/** Makes the images that are not there yet: a job whose worker was killed goes on where it was. */
export async function makeImages({ job, image, backend, store, signal }: Work): Promise<void> {
  const { turn: _turn, deadline: _deadline, fileLifetime: _lifetime, seed, ...described } = job.data;
  const { n } = described;
  const images = await findImages(job, store);
  if (images.length === n) return report(job, { images, done: 1 });

  const first = images.length;
  let reportedAt = performance.now();
  const onProgress: VariationRequest["onProgress"] = ({ done }) => {
    if (performance.now() - reportedAt < reportInterval) return;
    reportedAt = performance.now();
    const share = (first + done * (n - first)) / n;
    report(job, { images: [...images], done: share }).catch(() => {});
  };
  const rest = { ...described, image, n: n - first, seed: seedAt(seed, first), signal, onProgress };
  for await (const made of runBackend(backend, rest)) {
    images.push(await storeResult(store, { job, index: images.length, made }));
    await report(job, { images: [...images], done: images.length / n });
  }
}

interface Result {
  readonly job: VariationJob;
  readonly index: number;
  readonly made: BackendImage;
}

/** Stores an image: for as long as its URL lives, or until the server has read it. */
async function storeResult(store: FileStore, { job, index, made }: Result): Promise<JobImage> {
  const { fileLifetime, deadline, seed } = job.data;
  const { bytes, ...facts } = made;
  const id = await resultIdOf(idOf(job), index, seedAt(seed, index));
  const expiresAt = fileLifetime === undefined ? deadline : Date.now() + fileLifetime;
  await store.put(id, { bytes, mediaType: facts.mediaType, expiresAt });
  return { ...facts, ...(fileLifetime !== undefined && { file: { id, expiresAt } }) };
}

/** The images that are stored, in their order: those that were reported, and one that was stored when the worker was killed. */
async function findImages(job: VariationJob, store: FileStore): Promise<JobImage[]> {
  const progress = job.progress as unknown as JobProgress | number;
  const images: JobImage[] = typeof progress === "object" ? [...progress.images] : [];
  if (job.attemptsStarted <= 1) return images;
  for (let index = images.length; index < job.data.n; index += 1) {
    const id = await resultIdOf(idOf(job), index, seedAt(job.data.seed, index));
    const stored = await store.stat(id);
    if (!stored) break;
    const { mediaType, expiresAt } = stored as {
      readonly mediaType: JobImage["mediaType"];
      readonly expiresAt: number;
    };
    images.push({ mediaType, ...(job.data.fileLifetime !== undefined && { file: { id, expiresAt } }) });
  }
  return images;
}

function report(job: VariationJob, progress: JobProgress): Promise<void> {
  return job.updateProgress(progress);
}

export function idOf({ id }: VariationJob): string {
  if (id === undefined) throw new TypeError("A job has no id.");
  return id;
}
