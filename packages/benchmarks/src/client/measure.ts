// One measurement, in a process that does nothing else: node measure.ts <kind> <subject> <port>
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageBytes } from "./image-bytes.ts";
import { type Call, savers, subjects, uploads } from "./subjects.ts";

const [, , kind, subject = "", port] = process.argv;
const cpuMilliseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const image = (): Buffer<ArrayBuffer> => imageBytes(50_000);

const call = async (): Promise<Record<string, number>> =>
  timeOf(await subjects[subject]!(`http://127.0.0.1:${port}/small`));

/** The same with a source of one kind. */
const callWithSource = async (): Promise<Record<string, number>> =>
  inDirectory(async (directory) => {
    const path = join(directory, "otter.png");
    await writeFile(path, image());
    return timeOf(await uploads[subject]!(`http://127.0.0.1:${port}/small`, path));
  });

/** CPU time of a call, when all is warm: after 500 calls the compiler is still at work, after 1,500 hardly. */
async function timeOf(makeCall: Call): Promise<Record<string, number>> {
  const sent = image();
  const repeat = async (times: number): Promise<void> => {
    for (let count = 0; count < times; count++) await makeCall(sent);
  };
  await repeat(1_500);
  const before = cpuMilliseconds();
  await repeat(1_000);
  return { "CPU ms": (cpuMilliseconds() - before) / 1_000 };
}

/**
 * Time of ten images of 4 MB, from the call to the last file, when all is warm; and the most memory that such calls
 * take. One with a small image goes before, as it loads `fetch`, which some do at their import already; and one like
 * the one that counts, during which the compiler is at work on the parser of HTTP, on another core, for 100 ms.
 */
async function save(): Promise<Record<string, number>> {
  return inDirectory(async (directory) => {
    await saveFrom("one-image", directory);
    const idle = process.resourceUsage().maxRSS / 1_024;
    await saveFrom("ten-images", directory);
    const counted = await saveFrom("ten-images", directory);
    return { ...counted, MiB: process.resourceUsage().maxRSS / 1_024 - idle };
  });
}

/** Time and memory of a program that does nothing but this, from its start to the last file, and of the call in it. */
async function program(): Promise<Record<string, number>> {
  return inDirectory(async (directory) => {
    const { ms } = await saveFrom("ten-images", directory);
    return { ms: performance.now(), "ms in the call": ms!, MiB: process.resourceUsage().maxRSS / 1_024 };
  });
}

/** Calls, with a client of its own, and saves the images to a directory of its own. */
async function saveFrom(path: string, parent: string): Promise<Record<string, number>> {
  const directory = await mkdtemp(join(parent, "call-"));
  const makeCall = await savers[subject]!(`http://127.0.0.1:${port}/${path}`, directory);
  const upload = image();
  const cpu = cpuMilliseconds();
  const started = performance.now();
  await makeCall(upload);
  return { ms: performance.now() - started, "CPU ms": cpuMilliseconds() - cpu };
}

async function inDirectory<Result>(use: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "image-variations-bench-"));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

const kinds: Readonly<Record<string, () => Promise<Record<string, number>>>> = {
  call,
  upload: callWithSource,
  save,
  program,
};
const result = await kinds[kind ?? ""]!();
process.send!(result, () => process.exit());
