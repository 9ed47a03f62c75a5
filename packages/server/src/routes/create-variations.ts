import type { BackendImage } from "@image-variations/backends";
import { bodyTooSlow, rateLimitExceeded, shuttingDown, tooSlow } from "../errors/wire-errors.ts";
import { RequestError } from "../errors/request-error.ts";
import { createImageVariation as table } from "../generated/parameter-tables.ts";
import { BodyTooLargeError } from "../platform.ts";
import { imageNotAccepted } from "../request/image-not-accepted.ts";
import { boundaryOf, parseForm } from "../request/parse-form.ts";
import { readParameters } from "../request/read-parameters.ts";
import { defaultsOf, toVariationRequest } from "../request/to-variation-request.ts";
import { encodeBase64 } from "../response/encode-base64.ts";
import { base64Reply, urlReply, type StoredImage } from "../response/images-reply.ts";
import { rateLimitHeaders } from "../response/rate-limit-headers.ts";
import type { Reply } from "../response/reply.ts";
import type { Caller } from "../security/api-keys.ts";
import { createFileId } from "../stores/file-store.ts";
import { runBackend } from "../work/run-backend.ts";
import type { Place } from "../work/work-queue.ts";
import type { Context } from "./context.ts";

const defaults = defaultsOf(table);

/** POST /images/variations: a form becomes images. */
export async function createVariations(context: Context): Promise<Reply> {
  const { request, services, scope, facts } = context;
  if (services.isClosing()) throw shuttingDown();
  scope.limit(services.settings.requestTimeout, tooSlow);
  const caller = await findCaller(context);
  facts["caller"] = caller.id;
  const boundary = boundaryOf(request.headers.get("content-type"));
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new RequestError(`Unsupported content encoding: '${encoding}'. Send the body as it is.`, { status: 415 });
  }
  const place = await enterQueue(context, caller);
  try {
    return await makeVariations(context, { place, boundary, caller });
  } catch (error) {
    place.leave();
    throw error;
  }
}

async function findCaller({ request, platform, services }: Context): Promise<Caller> {
  const { authenticate } = services;
  if (authenticate) return authenticate(request.headers.get("authorization"));
  return { id: platform.callerOf?.(request) ?? "anonymous" };
}

/** Counts the request, and gives it a place in the queue. */
async function enterQueue({ services, scope, headers }: Context, caller: Caller): Promise<Place> {
  const { queue, rateLimiter } = services;
  const minute = await rateLimiter?.take(caller.id);
  if (minute) Object.assign(headers, rateLimitHeaders(minute));
  if (minute?.exceeded) throw rateLimitExceeded(minute.limit, Math.max(1, Math.ceil(minute.reset / 1_000)));
  try {
    return queue.enter(caller.id, scope.abort);
  } finally {
    // Without a limit per minute, what limits a caller is the queue.
    if (!minute) {
      const remaining = queue.capacity - queue.size;
      const reset = remaining === 0 ? queue.retryAfter * 1_000 : 0;
      Object.assign(headers, rateLimitHeaders({ limit: queue.capacity, remaining, reset }));
    }
  }
}

interface Accepted {
  readonly place: Place;
  readonly boundary: string;
  readonly caller: Caller;
}

async function makeVariations(context: Context, { place, boundary, caller }: Accepted): Promise<Reply> {
  const { services, scope, facts, metrics } = context;
  const { backend, check } = services;
  const parameters = readParameters(parseForm(await readForm(context), boundary), table);
  await check.checkForm(parameters);
  await place.turn(scope.signal);
  await check.checkPixels(parameters, scope.signal);
  const { variation, responseFormat } = toVariationRequest(parameters, defaults);
  const { n, size, image } = variation;
  Object.assign(facts, { n, size, responseFormat, imageBytes: image.length });

  // What workers store for the server is served as it is.
  const isKept = responseFormat === "url" && backend.store === services.store && hasAddress(context);
  const request = {
    ...variation,
    caller: caller.id,
    signal: scope.signal,
    ...(isKept && { fileLifetime: services.settings.fileLifetime }),
  };
  const made = observed(runBackend(backend, request), {
    onImage: () => metrics?.imageMade({ backend: backend.name }),
    // Once all images are there, the next request may run, however long this client takes to read them. In process,
    // it is unknown whether the body is ever read, so its place is free as well.
    onEnd: () => (context.platform.hasOrigin ? place.endTurn() : place.leave()),
  });
  const end = (): void => {
    place.leave();
    // Whatever failed: a backend that is left open may hold a turn of its own, and every later request waits for it.
    made.return().catch(() => {});
  };
  const created = Math.floor(services.now() / 1_000);
  try {
    const reply =
      responseFormat === "b64_json"
        ? await base64Reply({ created, n }, made, scope)
        : urlReply({ created, n }, await storeImages(context, made));
    const sent = (reply.sent ?? Promise.resolve()).finally(end);
    sent.catch(() => {});
    return { ...reply, sent };
  } catch (error) {
    end();
    throw error;
  }
}

/** The request's body, within the limits of size and time. */
async function readForm({ request, platform, services, scope }: Context): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBodyBytes, bodyTimeout } = services.settings;
  const arrived = scope.limit(bodyTimeout, bodyTooSlow);
  try {
    return await platform.readBody(request, { limit: maxBodyBytes, signal: scope.signal });
  } catch (error) {
    scope.signal.throwIfAborted();
    // What makes a form too large is its image, and for that the contract has a sentence.
    if (error instanceof BodyTooLargeError) throw imageNotAccepted(table);
    throw error;
  } finally {
    arrived();
  }
}

/** What the server's own URLs start with; undefined in process, where no one can fetch them. */
function baseOf({ services, platform, url }: Context): string | undefined {
  return services.settings.publicUrl ?? (platform.hasOrigin ? url.origin : undefined);
}

/** Whether files can be fetched by URL. */
function hasAddress(context: Context): boolean {
  return baseOf(context) !== undefined || context.services.store.urlOf !== undefined;
}

/**
 * Stores each image as soon as it is done, while the next one is being made. If one fails, all that were stored are
 * removed, as their URLs are never sent.
 */
async function storeImages(context: Context, images: AsyncIterable<BackendImage>): Promise<StoredImage[]> {
  const { services } = context;
  const { store } = services;
  const base = baseOf(context);
  const ids: string[] = [];
  const storing: Promise<StoredImage>[] = [];
  try {
    for await (const image of images) {
      const id = image.file?.id ?? createFileId();
      const address = hasAddress(context) ? storeImage({ id, image, base, services }) : dataUrl(image);
      ids.push(id);
      const stored = describeStored(image, address);
      // Heard of when all are awaited, and not as an unhandled rejection while the next image is being made.
      stored.catch(() => {});
      storing.push(stored);
    }
    return await Promise.all(storing);
  } catch (error) {
    await Promise.allSettled(storing);
    await Promise.allSettled(ids.map((id) => store.delete(id)));
    throw error;
  }
}

async function describeStored(
  { mediaType, revisedPrompt, usage }: BackendImage,
  url: string | Promise<string>,
): Promise<StoredImage> {
  const prompt = revisedPrompt !== undefined && { revised_prompt: revisedPrompt };
  return { mediaType, ...(usage && { usage }), image: { ...prompt, url: await url } };
}

function dataUrl({ bytes, mediaType }: BackendImage): string {
  return `data:${mediaType};base64,${encodeBase64(bytes)}`;
}

interface Storing {
  readonly id: string;
  readonly image: BackendImage;
  /** What the server's own URLs start with. */
  readonly base: string | undefined;
  readonly services: Context["services"];
}

/** Stores an image, unless it is stored. Returns where clients fetch it. */
async function storeImage({ id, image, base, services }: Storing): Promise<string> {
  const { store, settings, now } = services;
  const { bytes, mediaType, file } = image;
  const expiresAt = file?.expiresAt ?? now() + settings.fileLifetime;
  if (!file) await store.put(id, { bytes, mediaType, expiresAt });
  return store.urlOf ? store.urlOf(id, expiresAt) : `${base}/files/${id}.${extensions[mediaType]}`;
}

const extensions: Readonly<Record<BackendImage["mediaType"], string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
};

async function* observed<Item>(
  items: AsyncGenerator<Item, void, undefined>,
  { onImage, onEnd }: { readonly onImage: () => void; readonly onEnd: () => void },
): AsyncGenerator<Item, void, undefined> {
  try {
    for await (const item of items) {
      onImage();
      yield item;
    }
  } finally {
    onEnd();
  }
}
