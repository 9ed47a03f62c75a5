import type createSharp from "sharp";
import { CliError } from "../command-line/cli-error.ts";

/** sharp, which is loaded on first use: it is native code, and most commands do without it. */
export type SharpModule = typeof createSharp;

/** @throws CliError if it can't be loaded. */
export async function loadSharp(
  load: () => Promise<{ readonly default: SharpModule }> = importSharp,
): Promise<SharpModule> {
  try {
    return (await load()).default;
  } catch (cause) {
    throw new CliError(`Images can't be decoded: sharp can't be loaded on ${process.platform}-${process.arch}.`, {
      fix: "Install it for this platform: npm install --include=optional sharp",
      cause,
    });
  }
}

function importSharp(): Promise<{ readonly default: SharpModule }> {
  return import("sharp");
}
