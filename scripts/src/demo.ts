// npm start: an image becomes four variations, by our own server and its engine, offline.
import { demoHelp, parseDemoOptions } from "./demo/demo-options.ts";
import { describeFailure } from "./demo/describe-failure.ts";
import { runDemo } from "./demo/run-demo.ts";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

endQuietlyWithReader();
try {
  const options = parseDemoOptions(process.argv.slice(2));
  if (options.help) console.log(demoHelp);
  else await runDemo(options, console.log);
} catch (error) {
  const sentence = describeFailure(error, "the server");
  if (!sentence) throw error;
  console.error(sentence);
  process.exitCode = 1;
}
