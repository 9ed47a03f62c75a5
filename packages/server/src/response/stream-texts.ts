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
  const waiting: string[] = [];
  let wake = (): void => {};
  let ending: { readonly failure?: unknown } | undefined;
  const take = async (): Promise<void> => {
    try {
      for await (const text of texts) {
        waiting.push(text);
        wake();
      }
      ending = {};
    } catch (failure) {
      ending = { failure };
    }
    wake();
  };

  const encoder = new TextEncoder();
  let onAbort = (): void => {};
  const settle = (): void => signal.removeEventListener("abort", onAbort);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        onAbort = () => {
          waiting.length = 0;
          ending = { failure: signal.reason };
          settle();
          controller.error(signal.reason);
          reject(signal.reason);
          wake();
        };
        signal.addEventListener("abort", onAbort, { once: true });
        void take();
      },
      async pull(controller) {
        if (waiting.length === 0 && !ending) await new Promise<void>((next) => (wake = next));
        if (signal.aborted) return;
        const text = waiting.shift();
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
        waiting.length = 0;
        const error = reason instanceof Error ? reason : new Error("The body was cancelled.", { cause: reason });
        reject(error);
        // The source of the texts may be waiting for something, and only listens to the signal.
        abort(error);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, sent };
}
