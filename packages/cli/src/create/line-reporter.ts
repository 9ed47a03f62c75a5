import type { CliContext } from "../command-line/cli-context.ts";
import { styled } from "../command-line/style.ts";
import { describeBytes, describeSeconds } from "./describe-amount.ts";
import type { CreateEvent, Reporter } from "./create-events.ts";
import { linesOf, type EventLine } from "./event-lines.ts";

type Streams = Pick<CliContext, "stdout" | "stderr">;

/** Progress for what is not a terminal: a line for what has happened, and none that only passes. */
export function lineReporter({ stdout, stderr }: Streams): Reporter {
  let stage = "";
  return {
    report(event) {
      for (const line of linesOf(event)) stderr.write(`${formatLine(stderr, line)}\n`);
      const passing = stageOf(event);
      if (passing && passing !== stage) stderr.write(`${formatLine(stderr, { topic: "", text: passing })}\n`);
      stage = event.event === "saved" ? "" : (passing ?? stage);
      if (event.event === "saved") stderr.write(`${formatLine(stderr, savedLine(event))}\n`);
    },
    print: (data) => stdout.write(data),
    [Symbol.dispose]() {},
  };
}

/** The stages, each of which is worth one line. */
function stageOf(event: CreateEvent): string | undefined {
  if (event.event === "uploading" && event.sent === 0) return `uploading ${describeBytes(event.total)}`;
  if (event.event === "waiting") return "waiting for the response";
  if (event.event === "making") return "making the images";
  return undefined;
}

function savedLine(event: CreateEvent & { readonly event: "saved" }): EventLine {
  return {
    topic: "Saved",
    text: `image ${event.index}, ${describeBytes(event.bytes)}, after ${describeSeconds(event.seconds)}`,
  };
}

/** A line as all reporters print it: the topic in a column of its own. */
export function formatLine(stream: CliContext["stderr"], { topic, text, isWarning = false }: EventLine): string {
  const column = topic.padEnd(10);
  return `${styled(stream, topic === "Done" ? "green" : "bold", column)}${isWarning ? styled(stream, "yellow", text) : text}`;
}
