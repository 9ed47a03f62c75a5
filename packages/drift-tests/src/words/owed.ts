/**
 * Patterns of paths whose files still have replaced words. A pattern whose files have all become clean must leave the
 * list; every other file, a new one too, keeps to the vocabulary.
 */
export const owed: readonly string[] = [
  // Printed by commands, with the names of tests and files that are owed themselves.
  "docs/drifts.md",
  // What the conformance command and its imports name, and the tests that import the same.
  "packages/contract-tests/src/{conformance,contract,wire}/**",
  "packages/contract-tests/src/{agreement,changed-spec,client,every-server,mock,second-client,validation}/*.ts",
];
