export { createDiffCommand, type DiffCommandOptions } from "./command/create-diff-command.ts";
export { readFileOr } from "./sources/read-file-or.ts";
export { defaultBase, hasHistory, ourSpec, readSource } from "./sources/read-source.ts";
export { run } from "./sources/run.ts";
export {
  addEntry,
  parameterPath,
  removeEntry,
  replaceValue,
  requestPath,
  responsePath,
  schemaAt,
  valueAt,
  type SpecPath,
} from "./sources/spec-text.ts";
export { compareUpstream } from "./upstream/compare-upstream.ts";
export { readKnownDifferences } from "./upstream/known-difference.ts";
export { sliceText } from "./upstream/slice-text.ts";
