import type { BackendProgress, VariationRequest } from "../backend.ts";

/** Reports progress that never falls and never exceeds 1, whatever a target says. */
export function progressReporter(onProgress: VariationRequest["onProgress"]): (progress: BackendProgress) => void {
  let highest = 0;
  return (progress) => {
    const done = Math.min(1, progress.done);
    if (!(done > highest)) return;
    highest = done;
    onProgress?.({ ...progress, done });
  };
}
