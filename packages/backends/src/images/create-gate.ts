/** Lets only so many pieces of work go on at once; the others wait for their turn, in order. */
export interface Gate {
  /**
   * Takes up to `wanted` places, at least one, as soon as one is free.
   *
   * @throws the signal's reason if it fires meanwhile.
   */
  enter(signal: AbortSignal | undefined, wanted?: number): Promise<GatePass>;
}

/** Places that are taken. */
export interface GatePass {
  readonly places: number;
  /** Gives them back. Further calls do nothing. */
  leave(): void;
}

interface Waiting {
  readonly wanted: number;
  admit(pass: GatePass): void;
}

export function createGate(places: number): Gate {
  let free = places;
  const queue: Waiting[] = [];

  const admitNext = (): void => {
    const next = free > 0 ? queue.shift() : undefined;
    if (!next) return;
    next.admit(take(next.wanted));
    admitNext();
  };
  const take = (wanted: number): GatePass => {
    const taken = Math.min(wanted, free);
    free -= taken;
    let isIn = true;
    return {
      places: taken,
      leave() {
        if (!isIn) return;
        isIn = false;
        free += taken;
        admitNext();
      },
    };
  };

  return {
    enter: (signal, wanted = 1) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        if (free > 0 && queue.length === 0) return resolve(take(wanted));
        const leaveQueue = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(signal?.reason as Error);
        };
        const waiting: Waiting = {
          wanted,
          admit(pass) {
            signal?.removeEventListener("abort", leaveQueue);
            resolve(pass);
          },
        };
        signal?.addEventListener("abort", leaveQueue, { once: true });
        queue.push(waiting);
      }),
  };
}
