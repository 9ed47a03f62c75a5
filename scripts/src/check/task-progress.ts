/** Tells of turbo's tasks, each as it ends, from what turbo prints with `--log-order=grouped --output-logs=new-only`. */
export interface TaskProgress {
  /** A line of turbo's. */
  read(line: string): void;
  /** Tells of the task whose lines came last, because no more came for a while, or at the end. */
  flush(): void;
  /** How many tasks have ended. */
  readonly ended: number;
  /** The tasks that failed, as turbo names them. */
  readonly failed: readonly string[];
}

export interface TaskProgressOptions {
  readonly print: (line: string) => void;
  /** How long it has taken so far, in seconds. */
  readonly elapsed: () => number;
}

/** Makes one. A task's own lines are printed only if it failed. */
export function createTaskProgress({ print, elapsed }: TaskProgressOptions): TaskProgress {
  let block: { readonly task: string; readonly lines: string[] } | undefined;
  let ended = 0;
  const failed: string[] = [];

  function flush(): void {
    if (!block) return;
    const { task, lines } = block;
    block = undefined;
    ended += 1;
    const isFailure = lines.some((line) => line.includes("ELIFECYCLE"));
    if (isFailure) failed.push(task);
    const result = isFailure ? "failed" : lines[0]?.startsWith("cache hit") ? "cached" : "passed";
    print(`${elapsed().toFixed(0).padStart(5)} s  ${result}  ${task}`);
    if (isFailure) for (const line of lines) print(`         ${line}`);
  }

  return {
    read(line) {
      const [, place, task, text] = /^(\/\/|@[\w-]+\/[\w-]+):([\w:-]+): ?(.*)$/.exec(line) ?? [];
      if (place === undefined) return;
      const name = `${place}#${task}`;
      if (block?.task !== name) flush();
      block ??= { task: name, lines: [] };
      block.lines.push(text!);
    },
    flush,
    get ended() {
      return ended;
    },
    failed,
  };
}
