#!/usr/bin/env node
import module from "node:module";
import { runCommand } from "@image-variations/command";

// TypeScript is nine megabytes of code, which Node compiles once for all runs then; Node before 22.1 can't.
module.enableCompileCache?.();
const { codegenCommand } = await import("./command/codegen-command.ts");
await runCommand(codegenCommand);
