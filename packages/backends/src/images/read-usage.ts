import type { Usage } from "@image-variations/client";

/** The tokens that a response says were spent; undefined if it does not count them. */
export function readUsage(body: unknown): Usage | undefined {
  const { usage } = (body ?? {}) as { usage?: Partial<Usage> | null };
  return usage && [usage.input_tokens, usage.output_tokens, usage.total_tokens].every(Number.isInteger)
    ? (usage as Usage)
    : undefined;
}
