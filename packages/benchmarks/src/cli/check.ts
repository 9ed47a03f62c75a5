// pnpm bench [rounds] [pngcheck|flat]: `check` beside Debian's pngcheck on the same thousand files, and the memory that it takes
// for ten files and for ten thousand. Fails if a goal is missed.
import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const rounds = Number(process.argv[2] ?? 7);
const only = process.argv[3] ?? "";
const main = fileURLToPath(new URL("../../../cli/dist/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "image-variations-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** About 100 kB: a photograph of this side, with grain. */
const side = 214;

async function photograph(number: number): Promise<Buffer> {
  let state = number + 1;
  const data = Uint8Array.from({ length: side * side * 3 }, (_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const pixel = Math.floor(index / 3);
    const light = 128 + 60 * Math.sin((pixel % side) / 23 + number) + 40 * Math.cos(pixel / side / 31);
    return Math.max(0, Math.min(255, light + (state >>> 27) - 16));
  });
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .png({ adaptiveFiltering: true })
    .toBuffer();
}

/** Writes files into a folder of their own; of more than a thousand, the rest are links to the first. */
async function makeFiles(name: string, count: number): Promise<{ readonly path: string; readonly meanSize: number }> {
  const path = join(folder, name);
  mkdirSync(path);
  let size = 0;
  const own = Math.min(count, 1_000);
  for (let number = 0; number < count; number++) {
    const file = join(path, `${number}.png`);
    if (number < own) {
      const bytes = await photograph(number);
      size += bytes.length;
      writeFileSync(file, bytes);
    } else linkSync(join(path, `${number % own}.png`), file);
  }
  return { path, meanSize: Math.round(size / own) };
}

interface Times {
  /** In milliseconds. */
  readonly wall: number;
  readonly cpu: number;
}

/** The time of a process from its start to its end, as the shell measures it. */
function timeOf(command: readonly string[]): Times {
  const script = `TIMEFORMAT="%R %U %S"; time "$@" > /dev/null`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", ...command], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command[0]} ended with ${status}: ${stderr}`);
  const [wall = 0, user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  return { wall: wall * 1_000, cpu: (user + system) * 1_000 };
}

/** The most memory that a check takes, in MiB. */
function memoryOf(path: string): number {
  const report = `import { writeSync } from "node:fs";process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)))`;
  const { output, status } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(report)}`, main, "check", path],
    { stdio: ["ignore", "ignore", "inherit", "pipe"], encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`check ended with ${status}.`);
  return Number(output[3]) / 1_024;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

if ("pngcheck".startsWith(only)) {
  const { path, meanSize } = await makeFiles("thousand", 1_000);
  const files = Array.from({ length: 1_000 }, (_, number) => join(path, `${number}.png`));
  const subjects = {
    pngcheck: ["pngcheck", "-q", ...files],
    "check --depth header": [process.execPath, main, "check", "-q", "--depth", "header", path],
    "check (structure)": [process.execPath, main, "check", "-q", path],
    "check --depth pixels": [process.execPath, main, "check", "-q", "--depth", "pixels", path],
  };
  if (spawnSync("pngcheck", ["-h"]).error) {
    console.error("pngcheck is not installed: apt-get install pngcheck");
    process.exit(1);
  }
  const times = new Map<string, Times[]>(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    // By turns, so that whatever else the machine does falls on all of them. The first round reads the files from the disk.
    for (const [name, command] of Object.entries(subjects)) {
      const time = timeOf(command);
      if (round > 0) times.get(name)?.push(time);
    }
  }
  const measured = [...times].map(([name, all]) => ({
    name,
    wall: median(all.map(({ wall }) => wall)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
  const peer = measured[0] as (typeof measured)[number];
  console.log(`\n1,000 PNGs of ${meanSize} bytes, from the start of the process to its end (medians of ${rounds})`);
  console.table(
    measured.map(({ name, wall, cpu }) => {
      const ratio = wall / peer.wall;
      // The default has to be faster. pngcheck compares CRCs and inflates the pixels: depth pixels is what it does, for comparison.
      const hasGoal = name === "check (structure)";
      const isMissed = hasGoal && ratio >= 1;
      if (isMissed) process.exitCode = 1;
      return {
        subject: name,
        "wall ms": Math.round(wall),
        "CPU ms": Math.round(cpu),
        "wall, against pngcheck": ratio.toFixed(2),
        "CPU, against pngcheck": (cpu / peer.cpu).toFixed(2),
        "wall below 1": hasGoal ? (isMissed ? "MISSED" : "yes") : "",
      };
    }),
  );
}

if ("flat".startsWith(only)) {
  /** V8's young generation grows to its full size whatever a program does, and the names of a directory are sorted. */
  const goal = 32;
  const [few, many] = [await makeFiles("ten", 10), await makeFiles("ten-thousand", 10_000)];
  const [small, large] = [few, many].map(({ path }) => median(Array.from({ length: 5 }, () => memoryOf(path)))) as [
    number,
    number,
  ];
  const more = large - small;
  if (more > goal) process.exitCode = 1;
  console.log(
    `\nMost memory of check (medians of 5): 10 files ${small.toFixed(0)} MiB, 10,000 files ${large.toFixed(0)} MiB: ` +
      `${more.toFixed(0)} MiB more, at most ${goal}${more > goal ? ": MISSED" : ""}`,
  );
}
