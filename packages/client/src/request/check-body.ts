import type { StandardSchemaV1 } from "@standard-schema/spec";
import { checkWith } from "../options/check-with.ts";
import { rejectedParameters } from "../errors/rejected-parameters.ts";
import { fileNameOf, mediaTypeOf, type OpenFile, openFile } from "../uploads/file-source.ts";
import { openSource } from "../uploads/open-source.ts";
import { chunkBytes } from "../uploads/read-file.ts";
import type { RequestContext } from "../options/with-request-options.ts";

/**
 * The parameters as a schema has them. It sees a file that it can read, whatever the caller passed: what is at a URL,
 * and any kind of stream as an async iterable. What it has read, and hands on as bytes or as another stream, keeps its
 * name and its media type.
 *
 * @throws BadRequestError with what the schema found.
 */
export async function checkBody(
  context: RequestContext,
  schema: StandardSchemaV1<unknown, object>,
  body: object,
): Promise<object> {
  const given: Record<string, unknown> = { ...body };
  for (const [name, value] of Object.entries(given)) given[name] = asReadable(await openSource(name, value, context));
  const checked = await checkWith(schema, given, rejectedParameters);
  const named = Object.entries(checked).map(([name, value]) => [name, keepName(value, given[name])]);
  return Object.fromEntries(named) as object;
}

/** Bytes, Blobs and streams as they are, and every other kind of file as a stream. */
function asReadable(value: unknown): unknown {
  const file = openFile(value);
  const isReadable = !file || file.unreadable || file.size !== undefined || Symbol.asyncIterator in Object(value);
  return isReadable ? value : namedStream(file, value);
}

function keepName(checked: unknown, given: unknown): unknown {
  const file = checked !== given && fileNameOf(given) ? openFile(checked) : undefined;
  return file ? namedStream(file, given) : checked;
}

function namedStream(file: OpenFile, source: unknown): object {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const pieces = { [Symbol.asyncIterator]: () => file.chunks() } as AsyncIterable<unknown>;
    for await (const piece of pieces) yield await chunkBytes(await piece);
  }
  return { name: fileNameOf(source), type: mediaTypeOf(source), [Symbol.asyncIterator]: chunks };
}
