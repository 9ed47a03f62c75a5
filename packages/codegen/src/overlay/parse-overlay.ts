import { parseText } from "../document/parse-openapi.ts";
import { isObject } from "../document/is-object.ts";
import type { JsonObject } from "../document/openapi-document.ts";
import type { LocateInOverlay } from "./apply-overlay.ts";

/** An overlay, and where its places are in the text. */
export interface ParsedOverlay {
  readonly overlay: JsonObject;
  readonly locate: LocateInOverlay;
}

/**
 * The overlay that a text is, or undefined if it is another document.
 *
 * @throws SpecError if it is neither YAML nor JSON.
 */
export function parseOverlay(text: string, label: string): ParsedOverlay | undefined {
  const { value, locate } = parseText(text, label);
  return isObject(value) && "overlay" in value ? { overlay: value, locate } : undefined;
}
