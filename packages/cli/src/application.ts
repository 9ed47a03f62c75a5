import { buildApplication, buildRouteMap, type Application, type Command } from "@stricli/core";
import { checkCommand } from "./check/check-command.ts";
import type { CliContext } from "./command-line/cli-context.ts";
import type { Example } from "./command-line/example.ts";
import { formatRootHelp } from "./command-line/format-help.ts";
import { texts } from "./command-line/texts.ts";
import { completeCommand } from "./complete/complete-command.ts";
import { conformCommand } from "./conform/conform-command.ts";
import { createCommand } from "./create/create-command.ts";
import { doctorCommand } from "./doctor/doctor-command.ts";
import { fitCommand } from "./fit/fit-command.ts";
import { mockCommand } from "./mock/mock-command.ts";
import { serveCommand } from "./serve/serve-command.ts";
import { specCommand } from "./spec/spec-command.ts";
import { workerCommand } from "./worker/worker-command.ts";

/** The verbs, in the order in which help lists them. */
export const commands: Readonly<Record<string, Command<CliContext>>> = {
  create: createCommand,
  check: checkCommand,
  fit: fitCommand,
  serve: serveCommand,
  worker: workerCommand,
  conform: conformCommand,
  mock: mockCommand,
  spec: specCommand,
  doctor: doctorCommand,
  complete: completeCommand,
};

const brief =
  "Makes variations of an image: offline from its own pixels, or by any server that has POST /images/variations.";

const examples: readonly Example[] = [{ input: "otter.png", brief: "variations of otter.png, and a contact sheet" }];

/** The command, as the parser reads it. */
export function createApplication(version: string): Application<CliContext> {
  const root = buildRouteMap<string, CliContext>({ routes: commands, defaultCommand: "create", docs: { brief } });
  return buildApplication(
    { ...root, formatHelp: (args) => formatRootHelp({ brief, examples, routes: root.getAllEntries(), args }) },
    {
      name: "image-variations",
      versionInfo: { currentVersion: version },
      scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
      documentation: { caseStyle: "convert-camel-to-kebab", alwaysShowHelpAllFlag: true },
      localization: { text: texts },
    },
  );
}
