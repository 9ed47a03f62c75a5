// One measurement, in a process that does nothing else: node measure.ts <kind> <subject> <port>
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { picture } from "./picture.ts";
import { savers, subjects } from "./subjects.ts";

const [, , kind, subject = "", port] = process.argv;
const cpuMilliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const image = (): Buffer<ArrayBuffer> => picture(50_000);

/** CPU time of a call, when all is warm: after 500 calls the compiler is still at work, after 1,500 hardly. */
async function call(): Promise<Record<string, number>> {
  const makeCall = await subjects[subject]!(`http://127.0.0.1:${port}/small`);
  const upload = image();
  const repeat = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count++) await makeCall(upload);
  };
  await repeat(1_500);
  const before = cpuMilliseconds();
  await repeat(1_000);
  return { "CPU ms": (cpuMilliseconds() - before) / 1_000 };
}

/** Time and memory of ten pictures of 4 MB, from the call to the last file. */
async function save(): Promise<Record<string, number>> {
  const directory = await mkdtemp(join(tmpdir(), "image-variations-bench-"));
  try {
    const makeCall = await savers[subject]!(`http://127.0.0.1:${port}/pictures`, directory);
    const upload = image();
    const idle = process.resourceUsage().maxRSS / 1_024;
    const cpu = cpuMilliseconds();
    const started = performance.now();
    await makeCall(upload);
    return {
      ms: performance.now() - started,
      "CPU ms": cpuMilliseconds() - cpu,
      MiB: process.resourceUsage().maxRSS / 1_024 - idle,
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

const kinds: Readonly<Record<string, () => Promise<Record<string, number>>>> = { call, save };
const result = await kinds[kind ?? ""]!();
process.send!(result, () => process.exit());
