import type { ImageLimits } from "../image-limits.ts";
import type { FindingLog } from "./finding-log.ts";
import { identifyFormat } from "./identify-format.ts";
import { uint32 } from "./uint32.ts";

/**
 * Checks that a file begins with the signature of a PNG (section 5.2), and if not, says what it is.
 *
 * @param bytes The file's first bytes.
 * @returns Whether there is a PNG to look into.
 */
export function checkSignature(bytes: Uint8Array, limits: ImageLimits, log: FindingLog): boolean {
  if (uint32(bytes, 0) === 0x89504e47 && uint32(bytes, 4) === 0x0d0a1a0a) return true;
  const { mediaTypes = ["image/png"] } = limits;
  const { name, mediaType, fix, code = "not_png" } = identifyFormat(bytes);
  if (mediaTypes.includes(mediaType)) return false;
  const allowed = mediaTypes.map((type) => type.slice("image/".length).toUpperCase());
  log.add(code, [0, null, "5.2"], "file", name, allowed, { fix });
  return false;
}
