/** The chunks of a web stream, by its reader: Safari can't iterate over streams. Ends the stream when it is left early. */
export async function* readStream<Chunk>(
  stream: ReadableStream<Chunk> | null,
  signal?: AbortSignal | null,
): AsyncGenerator<Chunk, void, undefined> {
  const reader = stream?.getReader();
  if (!reader) return;
  // Of no effect on a stream that is at its end; and why it broke is thrown already.
  const cancel = (): void => void reader.cancel().catch(() => {});
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    for (let result = await reader.read(); !result.done; result = await reader.read()) yield result.value;
  } finally {
    cancel();
    signal?.removeEventListener("abort", cancel);
  }
}
