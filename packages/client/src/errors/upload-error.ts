import { OpenAIError } from "./openai-error.ts";

/** A file can't be uploaded: it can't be read, is empty, or is too large. Nothing was sent. `cause` says more, if there is more. */
export class UploadError extends OpenAIError {}
