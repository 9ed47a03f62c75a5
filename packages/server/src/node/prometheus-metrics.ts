import type { JobCounts } from "@image-variations/backends";
import type { Gauge, Registry } from "@prometheus-io/client";
import type { Metrics } from "../observability/metrics.ts";

/** Metrics in Prometheus's format, by its own client, which is loaded here. */
export async function createPrometheusMetrics(): Promise<Metrics> {
  const { default: prometheus } = await import("@prometheus-io/client");
  const register = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register });
  const registers = [register];
  const durations = new prometheus.Histogram({
    name: "image_variations_request_duration_seconds",
    help: "Time from a request's arrival to the end of its response.",
    labelNames: ["route", "status"],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  const images = new prometheus.Counter({
    name: "image_variations_images_total",
    help: "Images that backends made.",
    labelNames: ["backend"],
    registers,
  });
  let readQueue = (): { running: number; queued: number } => ({ running: 0, queued: 0 });
  const queue = new prometheus.Gauge({
    name: "image_variations_requests",
    help: "Requests that are here, by whether they run.",
    labelNames: ["state"],
    registers,
    collect() {
      const { running, queued } = readQueue();
      this.set({ state: "running" }, running);
      this.set({ state: "queued" }, queued);
    },
  });
  void queue;
  return {
    requestEnded: ({ route, status, duration }) => durations.observe({ route, status }, duration),
    imageMade: ({ backend }) => images.inc({ backend }),
    observeQueue(read) {
      readQueue = read;
    },
    observeJobs: (read) => registerJobs({ Gauge: prometheus.Gauge, register }, read),
    async render() {
      return { contentType: register.contentType, text: await register.metrics() };
    },
  };
}

/** Without its queue a server still has metrics, and these are missing. */
function registerJobs(
  { Gauge: GaugeClass, register }: { readonly Gauge: typeof Gauge; readonly register: Registry },
  read: () => Promise<JobCounts>,
): void {
  const registers = [register];
  const counts = (): Promise<JobCounts | undefined> => read().catch(() => undefined);
  const jobs = new GaugeClass({
    name: "image_variations_jobs",
    help: "Jobs in the queue of all servers, by whether they are worked on.",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      const { waiting, active } = (await counts()) ?? {};
      if (waiting !== undefined) this.set({ state: "waiting" }, waiting);
      if (active !== undefined) this.set({ state: "active" }, active);
    },
  });
  const workers = new GaugeClass({
    name: "image_variations_workers",
    help: "Workers that serve the queue.",
    registers,
    async collect() {
      this.set((await counts())?.workers ?? 0);
    },
  });
  void [jobs, workers];
}
