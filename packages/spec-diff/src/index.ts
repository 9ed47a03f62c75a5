export { diffSpecs, type SpecDiff } from "./diff-specs.ts";
export type { Change } from "./policy/change.ts";
export { levels, type Level } from "./policy/level.ts";
export { reportJson } from "./report/report-json.ts";
export { reportMarkdown } from "./report/report-markdown.ts";
export { reportText } from "./report/report-text.ts";
export { parseSource, type Source } from "./sources/parse-source.ts";
export { readFileOr } from "./sources/read-file-or.ts";
export { defaultBase, hasHistory, ourSpec, readSource } from "./sources/read-source.ts";
export { run } from "./sources/run.ts";
export { SourceError } from "./sources/source-error.ts";
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
