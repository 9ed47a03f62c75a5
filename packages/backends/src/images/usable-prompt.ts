/** The first prompt that says something: most targets reject an empty one, and none does anything good with it. */
export function usablePrompt(...candidates: readonly (string | undefined)[]): string {
  return candidates.map((prompt) => prompt?.trim()).find(Boolean) ?? "a variation of this image";
}
