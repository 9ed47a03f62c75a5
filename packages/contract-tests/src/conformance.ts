// pnpm contract --target URL: which requirements of the contract a server passes, fails, or leaves open.
import { runConformance } from "./conformance/run-conformance.ts";
import { endQuietlyWithReader } from "@image-variations/command";

endQuietlyWithReader();
const { code, stdout, stderr } = await runConformance(process.argv.slice(2), {
  environmentKey: process.env["CONTRACT_API_KEY"],
  onProgress: (line) => console.error(line),
});
if (stdout) console.log(stdout);
if (stderr) console.error(stderr);
process.exitCode = code;
