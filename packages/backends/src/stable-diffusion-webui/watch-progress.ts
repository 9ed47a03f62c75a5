import type { Target } from "../http/create-target.ts";

const interval = 500;

/**
 * Asks how far the job has come, twice a second, until the returned function is called.
 *
 * @param tell Gets the share that is done, 0 to 1. A server that has no progress is asked once.
 */
export function watchProgress(target: Target, tell: (done: number) => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const path = "/sdapi/v1/progress";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async (): Promise<void> => {
    try {
      const query = { skip_current_image: "true" };
      const response = await target.request({ path, query, signal, maxRetries: 0, timeout: 5_000 });
      const { progress } = response.json() as { progress?: unknown };
      if (signal.aborted) return;
      // 1 is for the images themselves.
      if (typeof progress === "number") tell(Math.min(Math.max(progress, 0), 0.99));
      timer = setTimeout(() => void look(), interval);
    } catch {
      // Progress is a courtesy: the request itself reports what is wrong.
    }
  };
  void look();
  return () => {
    controller.abort();
    clearTimeout(timer);
  };
}
