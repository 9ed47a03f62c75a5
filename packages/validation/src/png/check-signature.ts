import type { ImageLimits } from "../image-limits.ts";
import { hexadecimal } from "./hexadecimal.ts";
import type { Identify } from "./identify-file.ts";
import { reportFinding, type OpenInspection } from "./report-finding.ts";
import { uint32 } from "./uint32.ts";

/**
 * Checks that a file begins with the signature of a PNG (section 5.2), and if not, says what it is.
 *
 * @param bytes The file's first bytes.
 * @returns Whether there is a PNG to look into.
 */
export function checkSignature(
  bytes: Uint8Array,
  limits: ImageLimits,
  inspection: OpenInspection,
  identify?: Identify,
): boolean {
  if (uint32(bytes, 0) === 0x89504e47 && uint32(bytes, 4) === 0x0d0a1a0a) return true;
  const { mediaTypes = ["image/png"] } = limits;
  const { type = bytes.length ? `unknown (${hexadecimal(bytes, 0)})` : "empty", fix } = identify?.(bytes) ?? {};
  // Where other formats are taken too, this may be one of them, unless it is empty, or somebody looks.
  const isKnown = identify || !bytes.length || mediaTypes.length < 2;
  if (isKnown && !mediaTypes.includes(type))
    reportFinding(
      inspection,
      null,
      "5.2",
      0,
      "file",
      type,
      mediaTypes,
      "error",
      bytes.length ? "not_png" : "empty",
      fix,
    );
  return false;
}
