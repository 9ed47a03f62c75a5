import { combineAnalysis, type Analysis, type AnalysisParts } from "../analyse/analyse-image.ts";
import { WorkerError } from "../engine-error.ts";
import { seedOf, type Settings } from "../resolve-options.ts";
import type { PixelImage, Variation, VariationOptions } from "../variation-options.ts";
import type { Channel } from "./channel.ts";
import type { Employer, SupervisedWorker } from "./supervised-worker.ts";
import type { Result, Task } from "./worker-messages.ts";
import type { WorkerPool } from "./worker-pool.ts";

export interface CrewOptions {
  readonly image: PixelImage;
  readonly settings: Settings;
  readonly options: Pick<VariationOptions, "onProgress" | "onWarning">;
  readonly pool: WorkerPool;
  readonly channel: Channel<Variation>;
}

/** What a worker has been told in this call. */
interface Told {
  image: boolean;
  analysis: boolean;
}

/**
 * The workers of one call. Each takes the next task as it is done with the last: the parts of the analysis first, which
 * are made once, then the images. A lost worker's task goes back to the others.
 */
export class Crew implements Employer {
  readonly bytes: number;
  readonly #with: CrewOptions;
  readonly #workers = new Map<SupervisedWorker, Told>();
  readonly #missing: Set<number>;
  readonly #tasks: Task[] = [
    { kind: "analyse", part: "look" },
    { kind: "analyse", part: "text" },
  ];
  readonly #parts: Partial<AnalysisParts> = {};
  #analysis: Analysis | undefined;

  constructor(options: CrewOptions) {
    const { n, width, height } = options.settings;
    this.#with = options;
    this.bytes = width * height * 4;
    this.#missing = new Set(Array.from({ length: n }, (_, index) => index));
  }

  /** The images that no worker has made. */
  get missing(): readonly number[] {
    return [...this.#missing];
  }

  hire(): void {
    const { pool, settings } = this.#with;
    for (let count = 0; count < settings.workers; count++) {
      try {
        const worker = pool.hire(this);
        if (!worker) break;
        this.#workers.set(worker, { image: false, analysis: false });
      } catch (error) {
        if (!(error instanceof WorkerError)) throw error;
        this.#warn(error);
      }
    }
    this.#giveWork();
    this.#closeIfAlone();
  }

  /** Ends the work at once, even if its caller is busy with an image that it has got. */
  stop(error: unknown): void {
    this.#with.channel.fail(error);
    this.dismiss();
  }

  dismiss(): void {
    for (const worker of this.#workers.keys()) this.#with.pool.release(worker);
    this.#workers.clear();
  }

  onReady(): void {
    this.#giveWork();
  }

  onProgress(index: number, done: number): void {
    const { options } = this.#with;
    this.#callBack(() => options.onProgress?.({ index, done }));
  }

  onResult(_worker: SupervisedWorker, result: Result): void {
    if (result.kind === "analysed") this.#addPart(result);
    else {
      const { settings, channel } = this.#with;
      const { width, height } = settings;
      const { index, data } = result;
      this.#missing.delete(index);
      channel.push({ index, seed: seedOf(settings, index), width, height, data });
      if (this.#missing.size === 0) channel.close();
    }
    this.#giveWork();
  }

  onLost(worker: SupervisedWorker, error: WorkerError): void {
    this.#workers.delete(worker);
    if (worker.task) this.#tasks.unshift(worker.task);
    this.#warn(error);
    this.#giveWork();
    this.#closeIfAlone();
  }

  #addPart({ part, value }: Extract<Result, { kind: "analysed" }>): void {
    Object.assign(this.#parts, { [part]: value });
    const { look, text } = this.#parts;
    if (!look || !text) return;
    const { image, settings } = this.#with;
    this.#analysis = combineAnalysis(image, { look, text });
    for (const index of this.#missing) this.#tasks.push({ kind: "vary", index, seed: seedOf(settings, index) });
  }

  #giveWork(): void {
    const { image, settings } = this.#with;
    for (const [worker, told] of this.#workers) {
      if (!worker.isReady || worker.task) continue;
      const task = this.#tasks.shift();
      if (!task) return;
      if (!told.image) worker.tell({ kind: "image", image, settings });
      told.image = true;
      if (task.kind === "vary" && this.#analysis && !told.analysis) {
        worker.tell({ kind: "analysis", analysis: this.#analysis });
        told.analysis = true;
      }
      worker.give(task);
    }
  }

  /** What is left is for the calling thread. */
  #closeIfAlone(): void {
    if (this.#workers.size === 0) this.#with.channel.close();
  }

  #warn(error: WorkerError): void {
    this.#callBack(() => this.#with.options.onWarning?.(error));
  }

  #callBack(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.stop(error);
    }
  }
}
