#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { runCommand } from "@image-variations/command";

// TypeScript is nine megabytes of code, which Node compiles once for all runs then.
enableCompileCache();
const { codegenCommand } = await import("./command/codegen-command.ts");
await runCommand(codegenCommand);
