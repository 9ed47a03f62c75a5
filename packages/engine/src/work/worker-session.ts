import { analyseLook, type Analysis } from "../analyse/analyse-image.ts";
import { detectTextInSlices } from "../analyse/detect-text.ts";
import { Arena, type Raster } from "../kernels/arena.ts";
import { createKernels } from "../kernels/create-kernels.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { makeVariation, memoryNeeded } from "../make-variation.ts";
import type { Settings } from "../resolve-options.ts";
import { loadImage } from "../transform/load-image.ts";
import type { PixelImage } from "../variation-options.ts";
import type { Work } from "./work.ts";
import type { FromWorker, Task, ToWorker } from "./worker-messages.ts";

type Post = (message: FromWorker, transfer?: ArrayBuffer[]) => void;

interface Subject {
  readonly image: PixelImage;
  readonly settings: Settings;
  readonly arena: Arena;
  loaded?: Raster;
  analysis?: Analysis;
}

const aliveMilliseconds = 1000;

/** What a worker does with its messages, one after the other. */
export class WorkerSession {
  readonly #post: Post;
  #last: Promise<void> = Promise.resolve();
  /** Kept from call to call, because allocating memory and compiling code take time. */
  #kernels: Kernels | undefined;
  #subject: Subject | undefined;

  constructor(post: Post) {
    this.#post = post;
  }

  /** Resolves once the message has been dealt with; what goes wrong is posted. */
  hear(message: ToWorker): Promise<void> {
    this.#last = this.#last.then(() => this.#handle(message)).catch((error) => this.#post({ kind: "failed", error }));
    return this.#last;
  }

  async #handle(message: ToWorker): Promise<void> {
    if (message.kind === "image") {
      const { image, settings } = message;
      this.#subject = { image, settings, arena: new Arena(await this.#kernelsFor(memoryNeeded(image, settings))) };
      return;
    }
    const subject = this.#subject;
    if (!subject) throw new Error(`The message ${message.kind} came before an image.`);
    if (message.kind === "analysis") subject.analysis = message.analysis;
    else if (message.kind === "analyse") this.#analyse(subject, message);
    else this.#vary(subject, message);
  }

  async #kernelsFor(bytes: number): Promise<Kernels> {
    const kept = this.#kernels;
    const isEnough = kept && kept.memory.buffer.byteLength - kept.start >= bytes;
    this.#kernels = isEnough ? kept : await createKernels(bytes);
    return this.#kernels;
  }

  #analyse(subject: Subject, { part }: Extract<Task, { kind: "analyse" }>): void {
    const value =
      part === "text"
        ? this.#finish(detectTextInSlices(subject.image))
        : this.#finish(analyseLook(subject.arena, subject.image, this.#load(subject)));
    this.#post({ kind: "analysed", part, value });
  }

  #vary(subject: Subject, { index, seed }: Extract<Task, { kind: "vary" }>): void {
    const { arena, settings, analysis } = subject;
    if (!analysis) throw new Error("A variation was asked for before the analysis.");
    const report = (done: number): void => this.#post({ kind: "progress", index, done });
    const data = this.#finish(
      makeVariation(arena, { loaded: this.#load(subject), analysis }, { settings, seed, report }),
    );
    this.#post({ kind: "variation", index, data }, [data.buffer]);
  }

  #load(subject: Subject): Raster {
    const { arena, image, settings } = subject;
    subject.loaded ??= this.#finish(loadImage(arena, image, settings.width, settings.height));
    return subject.loaded;
  }

  /** Does all of the work at once, and says every second that it goes on. */
  #finish<Result>(work: Work<Result>): Result {
    let heardAt = performance.now();
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      const now = performance.now();
      if (now - heardAt < aliveMilliseconds) continue;
      heardAt = now;
      this.#post({ kind: "alive" });
    }
  }
}
