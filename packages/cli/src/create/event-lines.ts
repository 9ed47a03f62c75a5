import { describeBytes, describeImages, describeSeconds } from "./describe-amount.ts";
import type { CreateEvent } from "./create-events.ts";

/** A line that stays on the screen: a topic, and what is to say of it. */
export interface EventLine {
  readonly topic: string;
  readonly text: string;
  readonly isWarning?: boolean;
}

/** What stays on the screen of an event; most of it passes. */
export function linesOf(event: CreateEvent): readonly EventLine[] {
  switch (event.event) {
    case "checked":
      return [
        {
          topic: "Checked",
          text: `${event.image}: PNG, ${event.width}×${event.height} pixels, ${describeBytes(event.bytes)}`,
        },
        ...event.warnings.map((text) => ({ topic: "", text, isWarning: true })),
      ];
    case "fitted":
      return event.steps.map((text, index) => ({ topic: index === 0 ? "Fitted" : "", text }));
    case "target":
      return [
        {
          topic: event.server ? "Server" : "Backend",
          text: event.server
            ? `${event.server} (${event.source})`
            : `${event.backend}, in this process (${event.source})`,
        },
        ...event.ignored.map((option) => ({
          topic: "",
          text: `${option} has no effect there.`,
          isWarning: true,
        })),
      ];
    case "retrying":
      return [{ topic: "Retrying", text: event.reason, isWarning: true }];
    case "sheet":
      return [{ topic: "Sheet", text: event.path }];
    case "done":
      return [
        {
          topic: "Done",
          text: `${describeImages(event.images)}, ${describeBytes(event.bytes)}, in ${describeSeconds(event.seconds)}`,
        },
      ];
    default:
      return [];
  }
}
