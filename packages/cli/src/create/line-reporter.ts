import type { CliContext } from "../command-line/cli-context.ts";
import { styled } from "../command-line/style.ts";
import { describeBytes, describeSeconds } from "./describe-amount.ts";
import type { CreateEvent, Reporter } from "./create-events.ts";
import { linesOf, type EventLine } from "./event-lines.ts";

type Streams = Pick<CliContext, "stdout" | "stderr">;

/** Progress for what is not a terminal: a line for what has happened, and one for each stage of each input. */
export function lineReporter({ stdout, stderr }: Streams): Reporter {
  const told = new Set<string>();
  const print = (line: EventLine): void => void stderr.write(`${formatLine(stderr, line)}\n`);
  return {
    report(event) {
      for (const line of linesOf(event)) print(line);
      // An attempt goes through all stages again.
      if (event.event === "retrying") told.clear();
      const stage = stageOf(event);
      if (stage && !told.has(stage.key)) print({ topic: "", text: stage.text });
      if (stage) told.add(stage.key);
      if (event.event === "saved") print(savedLine(event));
    },
    print: (data) => stdout.write(data),
    [Symbol.dispose]() {},
  };
}

interface Stage {
  readonly text: string;
  /** The same for the same stage of the same input. */
  readonly key: string;
}

/** The stage that an event tells of, if it is worth a line. */
function stageOf(event: CreateEvent): Stage | undefined {
  const stage = (text: string): Stage => ({
    text,
    key: JSON.stringify([event.event, "image" in event && event.image]),
  });
  if (event.event === "uploading" && event.sent === 0) return stage(`uploading ${describeBytes(event.total)}`);
  if (event.event === "waiting") return stage("waiting for the response");
  if (event.event === "making") return stage("making the images");
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
