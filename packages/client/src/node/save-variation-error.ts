import { OpenAIError } from "../errors/openai-error.ts";

/** Some images could not be saved. `cause` says why; what was saved before stays, and of the others nothing is left. */
export class SaveVariationError extends OpenAIError {
  /** The paths of the files that are complete. */
  readonly saved: readonly string[];

  constructor(saved: readonly string[], cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Saved ${saved.length === 1 ? "1 image" : `${saved.length} images`} before an error: ${reason}`, { cause });
    this.saved = saved;
  }
}
