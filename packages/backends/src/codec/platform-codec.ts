import { BackendError } from "../backend-error.ts";
import type { ImageCodec } from "./image-codec.ts";
import type { CreateSharp } from "./sharp-codec.ts";

let codec: Promise<ImageCodec> | undefined;

/**
 * The codec of this runtime, loaded on first use.
 *
 * @throws BackendError if the runtime has neither a canvas nor sharp.
 */
export function platformCodec(): Promise<ImageCodec> {
  return (codec ??= loadCodec().catch((error: unknown) => {
    codec = undefined;
    throw error;
  }));
}

async function loadCodec(): Promise<ImageCodec> {
  // Deno has a part of the canvas as well, but runs sharp.
  const isServer = typeof process === "object" && Boolean(process.versions?.node);
  if (isServer) return loadSharp();
  if (typeof OffscreenCanvas === "function" && typeof createImageBitmap === "function") {
    const { canvasCodec } = await import("./canvas-codec.ts");
    return canvasCodec();
  }
  throw new BackendError("Images cannot be decoded: this runtime has neither sharp nor a canvas. Pass `codec`.");
}

async function loadSharp(): Promise<ImageCodec> {
  // Not a literal, so that bundlers leave it alone: sharp is native code, which browsers have no use for.
  const name = "sharp";
  const { sharpCodec } = await import("./sharp-codec.ts");
  try {
    const { default: createSharp } = (await import(name)) as { default: CreateSharp };
    return sharpCodec(createSharp);
  } catch (cause) {
    throw new BackendError(
      "Images cannot be decoded: sharp cannot be loaded. Install it for this platform (npm install sharp), or pass `codec`.",
      { cause },
    );
  }
}
