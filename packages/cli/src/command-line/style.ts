import type { OutputStream } from "./cli-context.ts";

/** The looks that commands use. */
export type Look = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "underline";

/** The text in a look, if the stream gets colors. */
export function styled(stream: Pick<OutputStream, "colors">, look: Look | readonly Look[], text: string): string {
  if (!stream.colors) return text;
  // An import of node:util loads what a Node that only prints help does not need, worker threads for example.
  const { styleText } = process.getBuiltinModule("node:util");
  return styleText(look as Look[], text, { validateStream: false });
}

/** What stands before every error. */
export function errorLabel(stream: Pick<OutputStream, "colors">): string {
  return styled(stream, ["bold", "red"], "error");
}
