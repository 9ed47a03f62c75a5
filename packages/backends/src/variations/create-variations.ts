import {
  ImageVariations,
  type ImageCreateVariationParams,
  type ImagesResponse,
  type TransportResponse,
} from "@image-variations/client";
import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { type ConnectionSettings, connectionSettings } from "../http/connection-settings.ts";
import { createTarget, type Target, type WholeResponse } from "../http/create-target.ts";
import { beginDelivery, deliverImages } from "../images/deliver-images.ts";
import { readImageEntries } from "../images/image-entries.ts";
import { seedAt } from "../images/random-seed.ts";
import { requestUntilComplete } from "../images/request-until-complete.ts";
import { maximumImages, sizeAtLeast } from "./contract-limits.ts";
import { type VariationsDialect, variationsDialects } from "./dialects.ts";
import { checkVariationsOptions, type VariationsOptions } from "./variations-options.ts";

/**
 * Variations by a server that has `POST /images/variations`: Xinference, Lemonade, DeepInfra, or another one of ours. It is
 * always asked for base64, because its URLs may lead nowhere, and what it makes becomes PNG of the size that the caller wants.
 *
 * @throws TypeError if an option is invalid.
 * @example
 * ```ts
 * const backend = variations({ target: "xinference", model: "my-model-uid" });
 * ```
 */
export function variations(options: VariationsOptions): Backend {
  checkVariationsOptions(options);
  const dialect = variationsDialects[options.target ?? "contract"];
  const baseURL = options.baseURL ?? dialect.baseURL ?? "";
  const settings = connectionSettings(baseURL, options);
  const { label, startHint } = dialect;
  const ownModel = options.model ?? dialect.model;
  const parameters = ["image", "n", "size", "user", "seed", "strength", "prompt"];
  const callerParameters = new Set(ownModel === undefined ? [...parameters, "model"] : parameters);
  const target = createTarget({ ...settings, label, startHint, callerParameters, apiKey: options.apiKey });
  const connection = { options, dialect, target, settings };

  return {
    name: "variations",
    capabilities: {
      prompt: dialect.controls.includes("prompt"),
      seed: dialect.controls.includes("seed"),
      strength: dialect.controls.includes("strength"),
    },
    createVariations: (request) => createVariations(request, connection),
    async checkReady(signal) {
      // Not every server of this shape lists its models; that it responds is enough.
      await target.request({ path: "/models", signal, maxRetries: 0, timeout: 10_000, expects: [404, 405, 501] });
    },
    close: () => target.close(),
  };
}

interface Connection {
  readonly options: VariationsOptions;
  readonly dialect: VariationsDialect;
  readonly target: Target;
  readonly settings: ConnectionSettings;
}

async function* createVariations(
  request: VariationRequest,
  connection: Connection,
): AsyncGenerator<BackendImage, void, undefined> {
  const { options, dialect, target } = connection;
  const { image, n, size, user, seed, signal } = request;
  const { label } = target;
  const delivery = await beginDelivery(request, { codec: options.codec, label });
  const file = new File([image], "image.png", { type: "image/png" });

  yield* requestUntilComplete({ n, label }, async function* (missing, made) {
    const controls = {
      seed: seed === undefined ? undefined : seedAt(seed, made),
      strength: request.strength ?? options.strength,
      prompt: request.prompt?.trim() || options.prompt,
    };
    const params = {
      image: file,
      model: options.model ?? dialect.model ?? request.model,
      n: Math.min(missing, maximumImages),
      size: sizeAtLeast(size),
      response_format: "b64_json",
      ...(dialect.identifiesUsers && { user }),
      ...Object.fromEntries(dialect.controls.map((name) => [name, controls[name]])),
    };
    yield* deliverImages(readImageEntries(await send(params, connection, signal), target, signal), delivery, made);
  });
}

/** Sends a request by our own client, with the limits, retries and errors of every backend. */
async function send(
  params: object,
  { target, settings }: Connection,
  signal: AbortSignal | undefined,
): Promise<ImagesResponse> {
  const key = await target.readKey();
  // Kept, because the client makes errors of its own of what a transport throws.
  let failure: { readonly error: unknown } | undefined;
  const client = new ImageVariations({
    apiKey: key ?? "none",
    baseURL: settings.baseURL,
    // Not those of the environment, which are about OpenAI.
    organization: null,
    project: null,
    logLevel: "off",
    maxRetries: 0,
    maxResponseBytes: settings.maxResponseBytes,
    maxUploadBytes: Number.MAX_SAFE_INTEGER,
    transport: async (request) => {
      try {
        return toTransportResponse(await target.exchange(request, { signal }));
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
    defaultHeaders: { ...settings.headers, ...(key === undefined && { authorization: null }) },
    dangerouslyAllowBrowser: true,
  });
  try {
    return await client.images.createVariation(params as ImageCreateVariationParams);
  } catch (error) {
    throw failure ? failure.error : target.errors.ofConnection(error, `POST ${settings.baseURL}/images/variations`);
  }
}

function toTransportResponse({ status, headers, bytes }: WholeResponse): TransportResponse {
  return {
    status,
    headers,
    async *chunks() {
      yield bytes;
    },
    toResponse: () => new Response(bytes, { status, headers: [...headers] }),
    discard: () => {},
  };
}
