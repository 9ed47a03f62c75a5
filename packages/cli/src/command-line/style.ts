import { styleText } from "node:util";
import type { OutputStream } from "./cli-context.ts";

/** The looks that commands use. */
export type Look = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "underline";

/** The text in a look, if the stream gets colors. */
export function styled(stream: Pick<OutputStream, "colors">, look: Look | readonly Look[], text: string): string {
  return stream.colors ? styleText(look as Look[], text, { validateStream: false }) : text;
}
