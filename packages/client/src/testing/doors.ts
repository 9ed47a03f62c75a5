// Both doors of the package as one, for tests that go through each of them.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type OpenAI from "../index.ts";
import type { ImageCreateVariationParams, RequestOptions } from "../index.ts";
import { saveVariation as save, type SavedVariation } from "../node.ts";

export * from "../index.ts";
export { default } from "../index.ts";

/** Saves to a folder of its own. */
export function saveVariation(
  client: OpenAI,
  params: ImageCreateVariationParams,
  options?: RequestOptions,
): Promise<SavedVariation> {
  return save(client, params, { directory: mkdtempSync(join(tmpdir(), "save-")) }, options);
}
