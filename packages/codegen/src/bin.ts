#!/usr/bin/env node
import { runCommand } from "@image-variations/command";
import { codegenCommand } from "./command/codegen-command.ts";

await runCommand(codegenCommand);
