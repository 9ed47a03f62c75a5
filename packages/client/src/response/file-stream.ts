import type { WithRequestID } from "./api-promise.ts";

/** The files of a response, each as soon as it begins. Leaving the loop closes the connection. */
export interface FileStream<Result, Item> extends AsyncIterable<Item, void, undefined> {
  /**
   * The response without its files, when all of it has come. Files that were not asked for by then are skipped.
   *
   * @throws What the loop threw, if it did; APIUserAbortError if it was left early.
   */
  finalResponse(): Promise<WithRequestID<Result>>;
}
