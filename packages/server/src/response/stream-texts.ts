import type { RequestScope } from "../work/request-scope.ts";

/** A body that is being made, and the end of its way. */
export interface TextStream {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Resolves when the reader has taken everything; rejects if the body breaks off. */
  readonly sent: Promise<void>;
}

/**
 * Streams texts as they come. They are taken at once, however slowly the reader takes them, so that their source
 * is done sooner. If they fail, the reader still gets those before the failure; if the signal ends, nothing more. A
 * reader who cancels ends the request.
 */
export function streamTexts(
  texts: AsyncGenerator<string, void, undefined>,
  { signal, abort }: Pick<RequestScope, "signal" | "abort">,
): TextStream {
  const { promise: sent, resolve, reject } = Promise.withResolvers<void>();
  // A rejection that is not awaited must not end the process.
  sent.catch(() => {});
  const queue = new TextQueue();
  const encoder = new TextEncoder();
  let onAbort = (): void => {};
  const settle = (): void => signal.removeEventListener("abort", onAbort);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        onAbort = () => {
          settle();
          controller.error(signal.reason);
          reject(signal.reason);
          queue.end({ failure: signal.reason });
        };
        signal.addEventListener("abort", onAbort, { once: true });
        void queue.take(texts);
      },
      async pull(controller) {
        const { text, ending } = await queue.next();
        if (signal.aborted) return;
        if (text !== undefined) return controller.enqueue(encoder.encode(text));
        settle();
        if (ending && "failure" in ending) {
          controller.error(ending.failure);
          reject(ending.failure);
        } else {
          controller.close();
          resolve();
        }
      },
      cancel(reason: unknown) {
        settle();
        const error = reason instanceof Error ? reason : new Error("The body was cancelled.", { cause: reason });
        queue.end({ failure: error });
        reject(error);
        // The source of the texts may be waiting for something, and only listens to the signal.
        abort(error);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, sent };
}

/** How the texts ended. */
interface Ending {
  readonly failure?: unknown;
}

/** Texts that were taken from their source, and not by the reader yet. */
class TextQueue {
  readonly #waiting: string[] = [];
  #ending: Ending | undefined;
  #wake = (): void => {};

  /** Takes every text of a source, as it comes. */
  async take(texts: AsyncIterable<string>): Promise<void> {
    try {
      for await (const text of texts) {
        this.#waiting.push(text);
        this.#wake();
      }
      this.#ending ??= {};
    } catch (failure) {
      this.#ending ??= { failure };
    }
    this.#wake();
  }

  /** Drops what is waiting: there is nothing more to read. */
  end(ending: Ending): void {
    this.#waiting.length = 0;
    this.#ending = ending;
    this.#wake();
  }

  /** The next text, as soon as there is one, or how the texts ended. */
  async next(): Promise<{ readonly text?: string | undefined; readonly ending?: Ending | undefined }> {
    if (this.#waiting.length === 0 && !this.#ending) await new Promise<void>((next) => (this.#wake = next));
    return { text: this.#waiting.shift(), ending: this.#ending };
  }
}
