/**
 * The bytes of a response body.
 *
 * @throws Error as soon as they exceed the limit; the connection is closed then.
 */
export async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let byteLength = 0;
  for await (const chunk of response.body ?? []) {
    byteLength += chunk.byteLength;
    if (byteLength > maxBytes) throw new Error(`the response body exceeds ${maxBytes.toLocaleString("en")} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
