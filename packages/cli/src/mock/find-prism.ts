import { dirname, resolve } from "node:path";

/** The version of Prism that is fetched if none is installed: the one that this project is tested with. */
export const prismVersion = "5.16.0";

/** How Prism is started, before its own words. */
export interface PrismCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it is fetched if it is not in npm's cache. */
  readonly isFetched: boolean;
}

/** The Prism that is installed where the command runs, else the one that npx fetches. */
export function findPrism(require: NodeJS.Require): PrismCommand {
  try {
    const manifest = require.resolve("@stoplight/prism-cli/package.json");
    const { bin } = require(manifest) as { readonly bin: { readonly prism: string } };
    return { program: process.execPath, args: [resolve(dirname(manifest), bin.prism)], isFetched: false };
  } catch {
    return { program: "npx", args: ["--yes", `@stoplight/prism-cli@${prismVersion}`], isFetched: true };
  }
}
