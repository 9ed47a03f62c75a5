import { usablePrompt } from "../images/usable-prompt.ts";
import type { ImageEditsDialect } from "./dialects.ts";

/** For models that follow instructions. */
export const instruction =
  "Make a new variation of this image. Keep its subject, style and color palette; change the composition, the viewpoint and the details.";

/** For models that want to be told what the image shows. */
export const description = "a high quality image, rich in detail";

const extraArguments = /<sd_cpp_extra_args>[\s\S]*?(<\/sd_cpp_extra_args>|$)/g;

/** The parts of a prompt. */
export interface PromptParts {
  /** The backend's own, from its options. */
  readonly base: string | undefined;
  /** The caller's. */
  readonly wanted: string | undefined;
  /** What sd-server takes inside the prompt. */
  readonly arguments: Readonly<Record<string, number>>;
}

/** The prompt of a request, which is never empty. */
export function editPrompt({ base, wanted, arguments: extra }: PromptParts, dialect: ImageEditsDialect): string {
  // A caller could set any option of sd-server by it.
  const clean = wanted?.replaceAll(extraArguments, " ").trim();
  const own = usablePrompt(base, dialect.followsInstructions ? instruction : description);
  const prompt = dialect.followsInstructions ? [own, clean].filter(Boolean).join(" ") : usablePrompt(clean, own);
  if (dialect.seed !== "prompt" || Object.keys(extra).length === 0) return prompt;
  return `${prompt} <sd_cpp_extra_args>${JSON.stringify(extra)}</sd_cpp_extra_args>`;
}
