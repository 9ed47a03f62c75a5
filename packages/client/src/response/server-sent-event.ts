/** An event of a response of `text/event-stream`, as the HTML standard has it. */
export interface ServerSentEvent<Data = unknown> {
  /** What the event is called. Default: `message`. */
  readonly type: string;
  /** The text of the event, its lines joined by line feeds. */
  readonly data: string;
  /** The last identifier that the server gave this event or an earlier one; empty if there is none. */
  readonly lastEventId: string;
  /**
   * The text of the event as JSON.
   *
   * @throws UnexpectedResponseError if it is not JSON.
   */
  json(): Data;
}
