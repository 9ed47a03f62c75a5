import type { JobCounts } from "@image-variations/backends";

/** What is counted. Durations are in seconds, as Prometheus has them. */
export interface Metrics {
  requestEnded(facts: { readonly route: string; readonly status: number; readonly duration: number }): void;
  imageMade(facts: { readonly backend: string }): void;
  /** How full the queue is. Called when somebody asks for the metrics. */
  observeQueue(read: () => { readonly running: number; readonly queued: number }): void;
  /** What the backend has handed to workers, if it does that. */
  observeJobs?(read: () => Promise<JobCounts>): void;
  /** All of it as text, and the media type of that text. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}
