import type { ImageLimits } from "../image-limits.ts";
import type { FindingLog } from "./finding-log.ts";
import { identifyFormat } from "./identify-format.ts";

/**
 * Checks that a file begins with the signature of a PNG, and if not, says what it is.
 *
 * @param bytes The file's first bytes.
 * @returns Whether there is a PNG to look into.
 */
export function checkSignature(bytes: Uint8Array, limits: ImageLimits, log: FindingLog): boolean {
  if (signature.every((byte, index) => bytes[index] === byte)) return true;
  const { mediaTypes = ["image/png"] } = limits;
  const { name, mediaType, fix, code = "not_png" } = identifyFormat(bytes);
  if (mediaTypes.includes(mediaType)) return false;
  const allowed = mediaTypes.map((type) => type.slice("image/".length).toUpperCase());
  log.add(code, [0, null, "5.2"], "file", name, allowed, { fix });
  return false;
}

/** The first bytes of every PNG (section 5.2). */
const signature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
