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
  const isEmpty = bytes.length === 0;
  const { type = isEmpty ? "empty" : `unknown (${hexadecimal(bytes, 0)})`, fix } = identify?.(bytes) ?? {};
  // Where other formats are accepted too, this may be one of them, unless it is empty, or somebody looks.
  const isKnown = identify || isEmpty || mediaTypes.length < 2;
  if (isKnown && !mediaTypes.includes(type)) {
    const code = isEmpty ? "empty" : "not_png";
    reportFinding(inspection, { section: "5.2", subject: "file", received: type, allowed: mediaTypes, code, fix });
  }
  return false;
}
