#!/usr/bin/env node
import { existsSync } from "node:fs";
import module from "node:module";
import { CommandError, runCommand } from "@image-variations/command";
import { createDiffCommand } from "./command/create-diff-command.ts";
import { readDocument } from "./sources/read-document.ts";

// TypeScript is nine megabytes of code, which Node compiles once for all runs then; Node before 22.1 can't.
module.enableCompileCache?.();
await runCommand(
  createDiffCommand({
    usage: "spec-diff <base> <head>",
    documents: `  base, head        a file, YAML or JSON; a URL; or a file at a git revision, such as main:openapi.yaml. Beside a file,
                    a revision alone means that file: spec-diff main openapi.yaml. Files that a document refers to
                    are read with it.`,
    names: `  --names           count the names of schemas and placeholders, which only generated code knows, as part of the contract

Exit codes: 0, or 1 by --fail-on, or 2 where a document or the command line can't be used.`,
    errorCode: 2,
    async read([first, second], options) {
      if (first === undefined || second === undefined) {
        throw new CommandError("Name two documents: spec-diff old.yaml new.yaml; --help tells more.");
      }
      const files = [first, second].filter((word) => existsSync(word));
      const peer = files.length === 1 ? { path: files[0]! } : {};
      const [base, head] = await Promise.all(
        [first, second].map((word) => readDocument(word, { ...options, ...peer })),
      );
      return { base: base!, head: head! };
    },
  }),
);
