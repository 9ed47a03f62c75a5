/**
 * Ends the process quietly when its output is no longer read, as `… | head` does. Every command calls it
 * first; else Node ends it with a stack trace.
 */
export function endQuietlyWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });
  }
}
