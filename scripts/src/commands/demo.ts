// npm start: an image becomes four variations, by our own server and its engine, offline.
import { CommandError, runCommand } from "@image-variations/command";
import { DemoError } from "../demo/demo-error.ts";
import { demoHelp, demoOptions, readDemoOptions } from "../demo/demo-options.ts";
import { describeFailure } from "../demo/describe-failure.ts";
import { runDemo } from "../demo/run-demo.ts";

await runCommand({
  help: demoHelp,
  options: demoOptions,
  maximumPositionals: Number.POSITIVE_INFINITY,
  userErrors: [DemoError],
  async run(input) {
    const options = readDemoOptions(input);
    try {
      await runDemo(options, console.log);
    } catch (cause) {
      const message = describeFailure(cause, "the server");
      throw message ? new CommandError(message, { cause }) : cause;
    }
  },
});
