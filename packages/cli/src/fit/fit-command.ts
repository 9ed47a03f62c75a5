import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import type { FitFlags } from "./fit-flags.ts";

/** `fit`: makes an image that the endpoint accepts. */
export const fitCommand: Command<CliContext> = defineCommand<FitFlags, [string]>({
  brief: "Make an image that the endpoint accepts: a square PNG below its limit",
  description:
    "Makes an image that the endpoint accepts, from a photo or a drawing of any common format: upright, in sRGB, square, " +
    "a PNG below the limit in bytes. Says what it did, and loses no more than it must.",
  usage: "<image> [options]",
  examples: [
    { input: "photo.jpg", brief: "photo-fit.png, cropped" },
    { input: "logo.svg --pad", brief: "all of it, on a square" },
    { input: "- --out - < a.avif > b.png", brief: "in a pipe" },
  ],
  flags: {
    out: {
      kind: "parsed",
      parse: String,
      optional: true,
      brief: "The file, default NAME-fit.png beside it; - is stdout",
      placeholder: "file",
    },
    size: {
      kind: "parsed",
      parse: parseSize,
      optional: true,
      brief: "Its side, default the image's, or as much as fits",
      placeholder: "pixels",
    },
    crop: {
      kind: "boolean",
      default: false,
      withNegated: false,
      brief: "Cut it to the subject: the default",
    },
    pad: { kind: "boolean", default: false, withNegated: false, brief: "Keep all of it" },
    background: {
      kind: "parsed",
      parse: String,
      optional: true,
      brief: "Of the padding: a color of CSS, default transparent",
      placeholder: "color",
    },
    force: { kind: "boolean", default: false, withNegated: false, brief: "Overwrite a file that is there" },
    quiet: { kind: "boolean", default: false, withNegated: false, brief: "Do not say what was done" },
  },
  aliases: { o: "out", q: "quiet" },
  positional: {
    kind: "tuple",
    parameters: [{ brief: "A file, or - for standard input", parse: String, placeholder: "image" }],
  },
  load: async () => (await import("./run-fit.ts")).runFit,
});

function parseSize(text: string): number {
  const size = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  // What the validator decompresses at most is a square of this side.
  if (size >= 1 && size <= 8_192) return size;
  throw new Error(`must be an integer from 1 to 8192, not ${JSON.stringify(text)}.`);
}
