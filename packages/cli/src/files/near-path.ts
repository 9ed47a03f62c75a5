import { relative } from "node:path";
import type { CliContext } from "../command-line/cli-context.ts";

/** A path as a person here would type it. */
export function nearPath(path: string, { workingDirectory }: Pick<CliContext, "workingDirectory">): string {
  const short = relative(workingDirectory, path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}
