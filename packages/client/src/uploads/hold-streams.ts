/**
 * Listens to the errors of the streams among a body's values from now on, because they may fail before they are read:
 * an error of a stream without a listener ends the process. The reader of the stream still gets the error.
 */
export function holdStreams(body: object | null | undefined): void {
  for (const values of Object.values(body ?? {})) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (typeof value?.on === "function" && value.pipe) value.on("error", () => {});
    }
  }
}
