import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two looks: short enough for a person, and thousands of files are looked at in a few. */
const interval = 200;

/**
 * The state of files, by which a change is seen. Files are looked at and not subscribed to, so that it also works where an editor
 * replaces a file, a folder comes and goes, or a disk is another machine's.
 */
export class FileStates {
  readonly #states = new Map<string, string>();

  /** Remembers a file as it is now, unless it is known. */
  add(path: string): void {
    if (!this.#states.has(path)) this.#states.set(path, stateOf(path));
  }

  /** Resolves when a file is not as it was remembered, and all have been left alone for one look: editors write more than once. */
  async nextChange(): Promise<void> {
    let last = this.#current();
    while (last === this.#remembered()) {
      await sleep(interval);
      last = this.#current();
    }
    for (;;) {
      await sleep(interval);
      const now = this.#current();
      if (now === last) return;
      last = now;
    }
  }

  #remembered(): string {
    return [...this.#states.values()].join("\n");
  }

  #current(): string {
    return [...this.#states.keys()].map((path) => stateOf(path)).join("\n");
  }
}

function stateOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : "missing";
}
