/**
 * Patterns of paths whose files still have replaced words. A pattern whose files have all become clean must leave the
 * list; every other file, a new one too, keeps to the vocabulary.
 */
export const owed: readonly string[] = [
  // Printed by commands, with the names of tests and files that are owed themselves.
  "docs/drifts.md",
  "docs/spec-changes.md",
  "docs/turbo.md",
  "packages/backends/src/codec/codec.test.ts",
  "packages/backends/src/http/create-target.ts",
  "packages/backends/src/variations/create-variations.ts",
  "packages/client/bench/**",
  "packages/client/docs/faults.md",
  "packages/client/src/**",
  "packages/contract-tests/src/**",
  "packages/drift-tests/src/drifts/drifts.ts",
  "packages/drift-tests/src/imports/imports.test.ts",
  "packages/drift-tests/src/show-turbo.ts",
  "packages/drift-tests/src/turbo/turbo.test.ts",
  "packages/png-corpus/**",
  "packages/runtime-matrix/**",
  "packages/server/src/request/check-request.ts",
  "packages/validation/README.md",
  "packages/validation/src/**",
  "scripts/**",
  "specs/departures/**",
];
