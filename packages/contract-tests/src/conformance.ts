// pnpm contract --target URL: what a server keeps of the contract, and where it departs from it.
import { runConformance } from "./conformance/run-conformance.ts";

const { code, stdout, stderr } = await runConformance(process.argv.slice(2), process.env["CONTRACT_API_KEY"]);
if (stdout) console.log(stdout);
if (stderr) console.error(stderr);
process.exitCode = code;
