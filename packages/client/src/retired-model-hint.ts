import { contract } from "./generated/contract.ts";

/** What to do if the official server says that the model is gone; nothing for every other error. */
export function retiredModelHint(baseURL: string, status: number, text: string): string {
  const gone =
    status < 411 && // 429 and the like are about the caller, and so is 401
    status !== 401 &&
    /model_not_found|deprecated|retired|no longer|not exist/i.test(text) &&
    new URL(baseURL).origin === new URL(contract.baseURL).origin;
  return gone
    ? "\nThe model is retired there. Set `baseURL` or OPENAI_BASE_URL to a server that has it, or use POST /images/edits."
    : "";
}
