import type { Clock } from "../work/clock.ts";
import type { EngineWorker, StartWorker } from "../work/start-worker.ts";
import type { FromWorker, ToWorker } from "../work/worker-messages.ts";
import { WorkerSession } from "../work/worker-session.ts";

/** What a staged worker can do beside its work. */
export interface Stage {
  /** Sends any message. */
  readonly send: (message: unknown) => void;
  /** Fails, as by an error or an exit. */
  readonly fail: (error: unknown) => void;
  /** Does what a real worker does with a message. */
  readonly work: (message: ToWorker) => void;
}

/** What a worker does as it starts; returns what it does with each message, by default its work. */
export type Role = (stage: Stage) => ((message: ToWorker) => void) | undefined;

/** A worker as it should be. */
export const worksWell: Role = ({ send }) => {
  send({ kind: "started" } satisfies FromWorker);
  return undefined;
};

export interface StagedWorkers {
  readonly start: StartWorker;
  readonly started: () => number;
  readonly ended: () => number;
  /** Whether any of them is doing its work, for which no time must pass. */
  readonly isWorking: () => boolean;
}

/** Workers on this thread, that do their work in turns of its event loop; the last role is that of all further workers. */
export function stageWorkers(...roles: readonly Role[]): StagedWorkers {
  let started = 0;
  let ended = 0;
  let working = 0;
  return {
    isWorking: () => working > 0,
    started: () => started,
    ended: () => ended,
    start({ onMessage, onError }) {
      const role = roles[Math.min(started, roles.length - 1)] ?? worksWell;
      started += 1;
      let isEnded = false;
      const later = (callback: () => void): void => void setImmediate(() => isEnded || callback());
      const session = new WorkerSession((message) => later(() => onMessage(message)));
      const work = (message: ToWorker): void => {
        working += 1;
        void session.hear(message).finally(() => {
          working -= 1;
        });
      };
      const act = role({
        send: (message) => later(() => onMessage(message)),
        fail: (error) => later(() => onError(error)),
        work,
      });
      const worker: EngineWorker = {
        post: (message) => later(() => (act ?? work)(message)),
        end: () => {
          if (!isEnded) ended += 1;
          isEnded = true;
        },
        holdProcess: () => undefined,
      };
      return worker;
    },
  };
}

/** A clock whose time passes when it is told to. */
export function createManualClock(): { readonly clock: Clock; readonly pass: (milliseconds: number) => void } {
  const timers = new Set<{ readonly every: number; rest: number; readonly onTick: () => void }>();
  return {
    clock(milliseconds, onTick) {
      const timer = { every: milliseconds, rest: milliseconds, onTick };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += 100) {
        for (const timer of timers) {
          timer.rest -= 100;
          if (timer.rest > 0) continue;
          timer.rest = timer.every;
          timer.onTick();
        }
      }
    },
  };
}
