import { checkHeaderText } from "../transport/check-header-text.ts";
import type { HeadersLike } from "../transport/merge-headers.ts";

/**
 * The headers that say on whose account a request is made.
 *
 * @throws OpenAIError that names the option, if it can't be sent.
 */
export function accountHeaders({
  organization,
  project,
}: Record<"organization" | "project", string | null>): HeadersLike {
  return {
    "openai-organization": organization && checkHeaderText("`organization`", organization),
    "openai-project": project && checkHeaderText("`project`", project),
  };
}
