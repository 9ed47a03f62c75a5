import type { CliContext } from "../command-line/cli-context.ts";
import type { CreateEvent, Reporter } from "./create-events.ts";

/** The least time between two events of the same kind that only say how far something is, in milliseconds. */
const pause = 100;

const passing: ReadonlySet<CreateEvent["event"]> = new Set(["uploading", "making", "receiving"]);

interface Options extends Pick<CliContext, "stdout"> {
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** Progress for programs: an object of JSON on each line of standard output. */
export function jsonReporter({ stdout, now = () => performance.now() }: Options): Reporter {
  const last = new Map<string, number>();
  return {
    report(event) {
      const time = now();
      const isTooSoon = passing.has(event.event) && time - (last.get(event.event) ?? -Infinity) < pause;
      if (isTooSoon) return;
      last.set(event.event, time);
      stdout.write(`${JSON.stringify(event)}\n`);
    },
    print() {},
    [Symbol.dispose]() {},
  };
}

/** No progress: what is asked for on standard output, and errors. */
export function quietReporter({ stdout }: Pick<CliContext, "stdout">): Reporter {
  return { report() {}, print: (data) => stdout.write(data), [Symbol.dispose]() {} };
}
