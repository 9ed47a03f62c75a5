import { type Figures, mean } from "./measure.ts";

/** The figures of one method, image and strength. */
export interface Result {
  readonly method: string;
  readonly strength: number;
  readonly image: string;
  readonly figures: Figures;
}

/** The means over the images of one method and strength; `nearIdentical` counts images. */
export interface Summary {
  readonly method: string;
  readonly strength: number;
  readonly images: number;
  readonly figures: Figures;
}

export function summarise(results: readonly Result[]): Summary[] {
  const groups = Map.groupBy(results, ({ method, strength }) => `${method} ${strength}`);
  return [...groups.values()].map((group) => {
    const { method, strength } = group[0]!;
    const average = (key: keyof Figures): number => mean(group.map(({ figures }) => figures[key]));
    return {
      method,
      strength,
      images: group.length,
      figures: {
        diversity: average("diversity"),
        pairwiseSsim: average("pairwiseSsim"),
        swd: average("swd"),
        ssimToInput: average("ssimToInput"),
        nearIdentical: group.reduce((sum, { figures }) => sum + figures.nearIdentical, 0),
        displaced: average("displaced"),
        milliseconds: average("milliseconds"),
      },
    };
  });
}

const heading = ["diversity", "pairwise SSIM", "SWD", "SSIM to input", "near-identical", "displaced", "ms an image"];

/** The means as a Markdown table, a row for each method and strength. */
export function formatSummary(summaries: readonly Summary[]): string {
  const rows = summaries.map(({ method, strength, images, figures }) => [
    method,
    String(strength),
    ...formatFigures(figures, `${figures.nearIdentical} of ${images}`),
  ]);
  return formatTable([["method", "strength", ...heading], ...rows]);
}

/** The figures of each image as Markdown, a table for each method and strength. */
export function formatResults(results: readonly Result[]): string {
  const groups = Map.groupBy(results, ({ method, strength }) => `${method}, strength ${strength}`);
  return [...groups]
    .map(([title, group]) => {
      const rows = group.map(({ image, figures }) => [
        image,
        ...formatFigures(figures, figures.nearIdentical ? "yes" : ""),
      ]);
      return `## ${title}\n\n${formatTable([["image", ...heading], ...rows])}`;
    })
    .join("\n\n");
}

function formatFigures(figures: Figures, nearIdentical: string): string[] {
  return [
    figures.diversity.toFixed(3),
    figures.pairwiseSsim.toFixed(3),
    figures.swd.toFixed(3),
    figures.ssimToInput.toFixed(3),
    nearIdentical,
    `${(figures.displaced * 100).toFixed(1)} %`,
    figures.milliseconds.toFixed(0),
  ];
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [head, ...body] = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`);
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [head, rule, ...body].join("\n");
}
