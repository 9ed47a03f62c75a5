/** A response before it becomes a runtime's own. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** Resolves when the body has been handed over or is broken off. @default at once */
  readonly sent?: Promise<void>;
}

/** JSON as the official server lays it: two spaces, and a line end after the last brace. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function jsonReply(status: number, value: unknown, headers: Reply["headers"] = {}): Reply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: toJson(value) };
}
