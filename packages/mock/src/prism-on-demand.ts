import { startPrism, type Prism, type PrismExit, type PrismOptions } from "./start-prism.ts";

/** A Prism that is there whenever it is asked for, whatever its forerunners died of. */
export interface PrismOnDemand extends AsyncDisposable {
  /** The running Prism; started if it is not running. */
  ready(): Promise<Prism>;
  /** How the forerunners died, oldest first. */
  readonly crashes: readonly PrismExit[];
  /** Ends the living Prism, if any. */
  stop(): Promise<void>;
}

/** Starts Prism when it is first asked for, and again after each crash. */
export function prismOnDemand(options: PrismOptions = {}): PrismOnDemand {
  const crashes: PrismExit[] = [];
  let current: Promise<Prism> | undefined;

  const bury = (exit: PrismExit): void => {
    if (exit.stopped) return;
    crashes.push(exit);
    current = undefined;
  };
  const start = async (): Promise<Prism> => {
    const prism = await startPrism(options);
    void prism.exited.then(bury);
    return prism;
  };
  const ready = (): Promise<Prism> => {
    current ??= start().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  };
  const stop = async (): Promise<void> => {
    const prism = await current;
    current = undefined;
    await prism?.stop();
  };
  return {
    ready,
    crashes,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
