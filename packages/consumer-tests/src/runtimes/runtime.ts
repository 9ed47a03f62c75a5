/** A JavaScript runtime that a suite can be run in. */
export interface Runtime {
  readonly name: string;
  /** Why the runtime cannot be had on this machine; undefined where it can. */
  readonly missing?: string | undefined;
  /**
   * Runs a bundle there, in a process of its own.
   *
   * @param bundle An ES module without imports, whose default export takes the input and returns, or promises, a value
   * that JSON can hold.
   * @param worker A module that lies beside the bundle as `worker.js`, for runtimes that can start it.
   */
  run(bundle: string, input: Uint8Array, worker?: string): Promise<unknown>;
}
