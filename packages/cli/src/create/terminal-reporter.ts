import type { CliContext } from "../command-line/cli-context.ts";
import { styled } from "../command-line/style.ts";
import { describeBytes, describeImages, describeSeconds } from "./describe-amount.ts";
import type { CreateEvent, Reporter } from "./create-events.ts";
import { linesOf } from "./event-lines.ts";
import { formatLine } from "./line-reporter.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** To the start of the line, and nothing to its right. */
const clearLine = "\r\u001B[K";
/** To the start of the line, and nothing to its right or below. */
const clearRest = "\r\u001B[J";

/** How often the line is drawn, in milliseconds. */
const interval = 80;

interface Options extends Pick<CliContext, "stdout" | "stderr"> {
  /** How many images each request asks for. */
  readonly n: number;
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** A line at the end of a terminal that is drawn over again. It is never wider than the terminal, so that it can be cleared. */
class LiveLine {
  readonly #stderr: Options["stderr"];
  /** How wide the line is that is on the screen. */
  #drawnWidth = 0;

  constructor(stderr: Options["stderr"]) {
    this.#stderr = stderr;
  }

  clear(): void {
    this.#stderr.write(this.#erasing());
  }

  draw(text: string): void {
    const stderr = this.#stderr;
    const fitting = [...text].slice(0, Math.max(stderr.columns - 1, 0));
    stderr.write(`${this.#erasing()}${styled(stderr, "cyan", fitting.join(""))}`);
    this.#drawnWidth = fitting.length;
  }

  #erasing(): string {
    // A terminal that became narrower has wrapped the line.
    const rowsAbove = Math.floor(Math.max(this.#drawnWidth - 1, 0) / this.#stderr.columns);
    this.#drawnWidth = 0;
    return rowsAbove === 0 ? clearLine : `\u001B[${rowsAbove}A${clearRest}`;
  }
}

/** Progress for a terminal: lines that stay, and below them one that tells what is happening now. */
export function terminalReporter({ stdout, stderr, n, now = () => performance.now() }: Options): Reporter {
  let current: string | undefined;
  let started = now();
  let frame = 0;
  let saved = 0;
  const line = new LiveLine(stderr);
  const draw = (): void => {
    if (current === undefined) return;
    const time = describeSeconds((now() - started) / 1_000);
    line.draw(`${frames[frame % frames.length]} ${current} · ${time}`);
  };
  const timer = setInterval(() => {
    frame += 1;
    draw();
  }, interval);
  timer.unref();
  const resized = stderr.onResize(() => draw());

  return {
    report(event) {
      if (event.event === "uploading" && event.sent === 0) {
        started = now();
        saved = 0;
      }
      if (event.event === "saved") saved += 1;
      const lines = linesOf(event);
      if (lines.length > 0) {
        line.clear();
        for (const staying of lines) stderr.write(`${formatLine(stderr, staying)}\n`);
      }
      const passing = passingLine(event, { n, saved, seconds: (now() - started) / 1_000 });
      if (passing !== undefined) current = passing;
      if (event.event === "done" || event.event === "failed" || event.event === "sheet") {
        current = undefined;
        line.clear();
      } else draw();
    },
    print(data) {
      line.clear();
      stdout.write(data);
      draw();
    },
    [Symbol.dispose]() {
      clearInterval(timer);
      resized[Symbol.dispose]();
      if (current !== undefined) line.clear();
      current = undefined;
    },
  };
}

interface Standing {
  readonly n: number;
  readonly saved: number;
  readonly seconds: number;
}

/** What is happening now, in words; undefined if the event changes nothing about it. */
function passingLine(event: CreateEvent, { n, saved, seconds }: Standing): string | undefined {
  switch (event.event) {
    case "uploading":
      return event.sent < event.total
        ? `Uploading ${describeBytes(event.sent)} of ${describeBytes(event.total)}`
        : `Uploading ${describeBytes(event.total)}`;
    case "waiting":
      return "Waiting for the response";
    case "making":
      return `Making ${describeImages(n)}: ${saved} of ${n}, ${Math.floor(event.done * 100)} %`;
    case "receiving":
      return `Receiving: ${saved} of ${n} · ${describeBytes(event.bytes)}${rate(event.bytes, seconds)}`;
    case "saved":
      return saved < n ? `Receiving: ${saved} of ${n}` : "Finishing";
    default:
      return undefined;
  }
}

function rate(bytes: number, seconds: number): string {
  return seconds < 0.5 ? "" : ` · ${describeBytes(Math.round(bytes / seconds))}/s`;
}
