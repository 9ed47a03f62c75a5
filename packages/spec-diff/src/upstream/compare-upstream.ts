import { diffSpecs, type SpecDiff } from "../diff-specs.ts";
import { highestLevel, type Level } from "../policy/level.ts";
import type { Change } from "../policy/change.ts";
import type { NamedSource } from "../sources/read-source.ts";
import { sliceOperation } from "./slice-operation.ts";
import { isAbout, type Departure } from "./known-difference.ts";

/** How the official document differs from our contract. */
export interface UpstreamReport {
  /** What would change for our callers if we followed, without the departures and without mere words. */
  readonly diff: SpecDiff;
  /** The differences that are listed. */
  readonly departures: readonly { readonly change: Change; readonly departure: Departure }[];
  /** Listed differences that are none any more. */
  readonly outdated: readonly Departure[];
  /** Differences in words for people and in vendor extensions. */
  readonly words: readonly Change[];
}

const wordRules: ReadonlySet<string> = new Set(["words-changed", "extension-changed", "version-changed"]);

/**
 * Compares our contract with the slice of the official document that is about the same operation.
 *
 * @throws SourceError where the document has no such operation.
 */
export async function compareUpstream(
  ours: NamedSource,
  official: NamedSource,
  departures: readonly Departure[],
): Promise<UpstreamReport> {
  const [base, head] = [sliceOperation(ours.spec), sliceOperation(official.spec)];
  const diff = await diffSpecs(
    { spec: base, warnings: [] },
    { spec: head, warnings: official.warnings },
    { names: false },
  );
  const about = (change: Change): Departure | undefined => departures.find((departure) => isAbout(departure, change));
  const changes = diff.changes.filter((change) => !wordRules.has(change.rule));
  const rest = changes.filter((change) => !about(change));
  const levelBy = (opinion: Change["opinion"]): Level =>
    highestLevel(rest.filter((change) => change.opinion === opinion).map(({ level }) => level));
  const opinions = { schema: levelBy("schema"), types: levelBy("types") };
  const bump = highestLevel([opinions.schema, opinions.types]);
  return {
    diff: { ...diff, changes: rest, bump, opinions, disagreements: [] },
    departures: changes.flatMap((change) => {
      const departure = about(change);
      return departure ? [{ change, departure }] : [];
    }),
    outdated: departures.filter((departure) => !changes.some((change) => isAbout(departure, change))),
    words: diff.changes.filter((change) => wordRules.has(change.rule)),
  };
}
