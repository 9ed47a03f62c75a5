import type { Target } from "../http/create-target.ts";
import { readFailureDetails } from "../http/failure-details.ts";
import { decodeBase64 } from "./base64.ts";
import type { TargetImage } from "./deliver-images.ts";
import { readUsage } from "./read-usage.ts";

/** One image of a response in OpenAI's form. */
interface ImageEntry {
  readonly b64_json?: unknown;
  readonly url?: unknown;
  readonly revised_prompt?: unknown;
}

/**
 * The images of a response in OpenAI's form, fetched if they are URLs; the tokens that it spent are told with the first.
 *
 * @throws BackendError if the response is something else, or an image is neither base64 nor an http, https or data URL.
 */
export async function* readImageEntries(
  body: unknown,
  target: Target,
  signal: AbortSignal | undefined,
): AsyncGenerator<TargetImage, void, undefined> {
  let usage = readUsage(body);
  for (const entry of listEntries(body, target)) {
    const bytes = await readImageEntry(entry, target, signal);
    const { revised_prompt: revisedPrompt } = entry;
    yield {
      bytes,
      ...(typeof revisedPrompt === "string" && revisedPrompt && { revisedPrompt }),
      ...(usage && { usage }),
    };
    usage = undefined;
  }
}

/** Its `data`; entries without an image are left out, and so count as missing. */
function listEntries(body: unknown, target: Target): ImageEntry[] {
  const { data } = (body ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) {
    const text = JSON.stringify(body);
    const said = readFailureDetails(text).message ?? shorten(text);
    throw target.errors.unexpected(`the response has no list \`data\`, but says: ${said}`);
  }
  return (data as (ImageEntry | null)[]).filter(
    (entry) => entry !== null && Boolean(entry.b64_json ?? entry.url),
  ) as ImageEntry[];
}

async function readImageEntry(
  { b64_json: base64, url }: ImageEntry,
  target: Target,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const inline = base64 ?? (String(url).startsWith("data:") ? url : undefined);
  if (inline === undefined) return target.fetchImage(String(url), signal);
  const bytes = typeof inline === "string" ? decodeBase64(inline) : undefined;
  if (!bytes) throw target.errors.unexpected(`the b64_json of an image is not base64: ${shorten(String(inline))}.`);
  return bytes;
}

function shorten(text: string | undefined): string {
  return text === undefined ? "nothing" : text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
