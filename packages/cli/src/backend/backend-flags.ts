import type { FlagParametersForType } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { backendNames, type BackendName } from "./backends.ts";

/** The options that choose what makes the images in this process. */
export interface BackendFlags {
  readonly backend?: BackendName | undefined;
  readonly backendOption?: readonly string[] | undefined;
}

/** How they are declared. */
export const backendFlags: FlagParametersForType<BackendFlags, CliContext> = {
  backend: {
    kind: "enum",
    values: backendNames,
    optional: true,
    placeholder: "name",
    brief: `${backendNames.join(", ")}`,
  },
  backendOption: {
    kind: "parsed",
    parse: String,
    optional: true,
    variadic: true,
    placeholder: "x=y",
    brief: "Such as baseURL=http://…; @file reads JSON",
  },
};
