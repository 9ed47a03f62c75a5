import type { PixelImage } from "@image-variations/engine";
import { encodePng } from "./encode-png.ts";
import type { ImageCodec } from "./image-codec.ts";
import { maxPixels } from "./max-pixels.ts";

/** A codec over what browsers have. The browser applies color profiles, gamma and orientation. */
export function canvasCodec(): ImageCodec {
  return {
    async decode(bytes) {
      const bitmap = await createImageBitmap(new Blob([bytes]), { premultiplyAlpha: "none" });
      try {
        if (bitmap.width * bitmap.height > maxPixels) throw new Error(`More than ${maxPixels} pixels.`);
        return readStraight(bitmap) ?? readPremultiplied(bitmap);
      } finally {
        bitmap.close();
      }
    },
    encode: encodePng,
    async resize({ width, height, data }, size) {
      const source = new OffscreenCanvas(width, height);
      contextOf(source).putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
      const target = new OffscreenCanvas(size.width, size.height);
      const context = contextOf(target);
      context.imageSmoothingQuality = "high";
      context.drawImage(source, 0, 0, size.width, size.height);
      return pixelsOf(context, size);
    },
  };
}

/** Through WebGL, because a 2D canvas premultiplies; undefined if the browser has none, or not for this size. */
function readStraight(bitmap: ImageBitmap): PixelImage | undefined {
  const { width, height } = bitmap;
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl || Math.max(width, height) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) return undefined;
  try {
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
    gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
    gl.framebufferTexture2D(
      gl.FRAMEBUFFER,
      gl.COLOR_ATTACHMENT0,
      gl.TEXTURE_2D,
      gl.getParameter(gl.TEXTURE_BINDING_2D),
      0,
    );
    if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) return undefined;
    const data = new Uint8ClampedArray(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(data.buffer));
    return gl.getError() === gl.NO_ERROR ? { width, height, data } : undefined;
  } finally {
    gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

function readPremultiplied(bitmap: ImageBitmap): PixelImage {
  const context = contextOf(new OffscreenCanvas(bitmap.width, bitmap.height));
  context.drawImage(bitmap, 0, 0);
  return pixelsOf(context, bitmap);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error(`A canvas of ${canvas.width}x${canvas.height} pixels is not available.`);
  return context;
}

function pixelsOf(
  context: OffscreenCanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
): PixelImage {
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}
