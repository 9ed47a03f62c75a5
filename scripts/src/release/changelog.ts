/** What Changesets hands over of one change. */
interface Changeset {
  readonly summary: string;
}

/** A package of ours that another one depends on, and its new version. */
interface Dependency {
  readonly name: string;
  readonly newVersion: string;
}

/** Changelogs as users read them: what changed for them, and no commit ids. Changesets finds it through its config. */
const changelog = {
  getReleaseLine: async ({ summary }: Changeset): Promise<string> => {
    const [first = "", ...rest] = summary.trim().split("\n");
    return [`- ${first.trimEnd()}`, ...rest.map((line) => (line.trim() ? `  ${line.trimEnd()}` : ""))].join("\n");
  },
  getDependencyReleaseLine: async (_: readonly Changeset[], dependencies: readonly Dependency[]): Promise<string> => {
    if (dependencies.length === 0) return "";
    const names = dependencies.map(({ name, newVersion }) => `\`${name}\` ${newVersion}`);
    return `- Works with ${names.join(" and ")}.`;
  },
};

export default changelog;
