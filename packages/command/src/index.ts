export { CommandError } from "./command-error.ts";
export { endQuietlyWithReader } from "./end-quietly-with-reader.ts";
export { nearestWord } from "./nearest-word.ts";
export { runCommand, type Command } from "./run-command.ts";
