import { diffSpecs, type SpecDiff } from "../diff-specs.ts";
import { highestLevel, type Level } from "../policy/level.ts";
import type { Change } from "../policy/change.ts";
import type { NamedSource } from "../sources/read-source.ts";
import { sliceOperation } from "./slice-operation.ts";
import { isAbout, type KnownDifference } from "./known-difference.ts";

/** How the official document differs from our contract. */
export interface UpstreamReport {
  /** What would change for our callers if we followed, without the known differences and without mere descriptions. */
  readonly diff: SpecDiff;
  /** The differences that are listed. */
  readonly knownDifferences: readonly { readonly change: Change; readonly knownDifference: KnownDifference }[];
  /** Listed differences that no longer exist. */
  readonly outdated: readonly KnownDifference[];
  /** Differences in descriptions and in vendor extensions. */
  readonly descriptions: readonly Change[];
}

const descriptionRules: ReadonlySet<string> = new Set(["description-changed", "extension-changed", "version-changed"]);

/**
 * Compares our contract with the slice of the official document that is about the same operation.
 *
 * @throws SourceError where the document has no such operation.
 */
export async function compareUpstream(
  ours: NamedSource,
  official: NamedSource,
  knownDifferences: readonly KnownDifference[],
): Promise<UpstreamReport> {
  const [base, head] = [sliceOperation(ours.spec), sliceOperation(official.spec)];
  const diff = await diffSpecs(
    { spec: base, warnings: [] },
    { spec: head, warnings: official.warnings },
    { names: false },
  );
  const about = (change: Change): KnownDifference | undefined =>
    knownDifferences.find((knownDifference) => isAbout(knownDifference, change));
  const changes = diff.changes.filter((change) => !descriptionRules.has(change.rule));
  const rest = changes.filter((change) => !about(change));
  const levelBy = (opinion: Change["opinion"]): Level =>
    highestLevel(rest.filter((change) => change.opinion === opinion).map(({ level }) => level));
  const opinions = { schema: levelBy("schema"), types: levelBy("types") };
  const bump = highestLevel([opinions.schema, opinions.types]);
  return {
    diff: { ...diff, changes: rest, bump, opinions, disagreements: [] },
    knownDifferences: changes.flatMap((change) => {
      const knownDifference = about(change);
      return knownDifference ? [{ change, knownDifference }] : [];
    }),
    outdated: knownDifferences.filter((knownDifference) => !changes.some((change) => isAbout(knownDifference, change))),
    descriptions: diff.changes.filter((change) => descriptionRules.has(change.rule)),
  };
}
