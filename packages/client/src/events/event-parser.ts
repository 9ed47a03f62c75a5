/** The facts of an event, as they were sent. */
export interface ParsedEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/**
 * Reads a stream of events as the HTML standard says it, wherever the pieces of the text were cut:
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation. An event that is not ended by an
 * empty line is dropped, and so is `retry`: nothing is connected again here.
 */
export class EventParser {
  readonly #maximumLength: number;
  readonly #tooLong: () => Error;
  // A byte order mark goes here and not in the decoder: that of Node drops a second one if the first was cut.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #hasBegun = false;
  /** As much as has come of a line, and whether its beginning may be the line feed of a line that ended with the last piece. */
  #line = "";
  #afterReturn = false;
  #type = "";
  #data: string | undefined;
  #lastEventId = "";

  /**
   * @param maximumLength The most characters of an event that are kept: its data so far, and the line that is being read.
   * @param tooLong Makes the error for an event that has more.
   */
  constructor(maximumLength: number, tooLong: () => Error) {
    this.#maximumLength = maximumLength;
    this.#tooLong = tooLong;
  }

  /** The events that end in the next piece of the stream. */
  *parse(bytes: Uint8Array): Generator<ParsedEvent, void, undefined> {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (!text) return;
    if (!this.#hasBegun && text.startsWith("\uFEFF")) text = text.slice(1);
    this.#hasBegun = true;
    if (this.#afterReturn && text.startsWith("\n")) text = text.slice(1);
    this.#afterReturn = text.endsWith("\r");
    const lines = text.split(/\r\n|\r|\n/);
    lines[0] = this.#line + lines[0];
    this.#line = lines.pop() ?? "";
    for (const line of lines) {
      const event = this.#endLine(line);
      if (event) yield event;
    }
    this.#checkLength(this.#line);
  }

  /** Counts a line that has not ended like one that has, so that it does not matter where the pieces were cut. */
  #checkLength(line: string): void {
    if (line.length + (this.#data?.length ?? 0) > this.#maximumLength) throw this.#tooLong();
  }

  /** Takes a whole line; returns the event that an empty one ends. */
  #endLine(line: string): ParsedEvent | undefined {
    this.#checkLength(line);
    if (line === "") return this.#endEvent();
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "data") this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    else if (field === "event") this.#type = value;
    else if (field === "id" && !value.includes("\0")) this.#lastEventId = value;
    return undefined;
  }

  #endEvent(): ParsedEvent | undefined {
    const data = this.#data;
    const type = this.#type || "message";
    this.#type = "";
    this.#data = undefined;
    // An event without a line of data says nothing.
    return data === undefined ? undefined : { type, data, lastEventId: this.#lastEventId };
  }
}
