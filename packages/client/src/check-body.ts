import { checkWith } from "./check-with.ts";
import { createUploadTransport } from "./create-transport.ts";
import { refusedParameters } from "./errors/refused-parameters.ts";
import type { ImageCreateVariationParams } from "./generated/schema.ts";
import { fileNameOf, mediaTypeOf, openFile } from "./uploads/file-source.ts";
import { openSource } from "./uploads/open-source.ts";
import type { RequestContext } from "./with-request-options.ts";

/**
 * The parameters as `validate` has them. It sees what is at a URL, and not the URL; and a file that it has read, and
 * hands on as bytes or as another stream, keeps its name and its media type.
 *
 * @throws BadRequestError with what `validate` found.
 */
export async function checkBody(
  context: RequestContext,
  body: ImageCreateVariationParams,
): Promise<ImageCreateVariationParams> {
  if (!context.validate) return body;
  const uploads = { ...context, transport: createUploadTransport(context) };
  const opened: Record<string, unknown> = { ...body };
  for (const [name, value] of Object.entries(opened)) opened[name] = await openSource(name, value, uploads);
  const checked = await checkWith(context.validate, opened as unknown as ImageCreateVariationParams, refusedParameters);
  const named = Object.entries(checked).map(([name, value]) => [name, keepName(value, opened[name])]);
  return Object.fromEntries(named) as ImageCreateVariationParams;
}

function keepName(checked: unknown, given: unknown): unknown {
  const name = fileNameOf(given);
  const file = checked !== given && name && openFile(checked);
  return file ? { name, type: mediaTypeOf(given), [Symbol.asyncIterator]: () => file.chunks() } : checked;
}
