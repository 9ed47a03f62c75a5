import type { JudgedPromise, Judgement } from "./judge-server.ts";

/** A judgement as a table for people. */
export function formatJudgement({ url, contract, model, requests, promises }: Judgement): string {
  const lines = [`${url}, beside the contract ${contract}, by ${requests} requests`];
  if (model) lines.push(`asked for the model ${model}`);
  let topic = "";
  for (const judged of promises) {
    if (judged.topic !== topic) lines.push("", judged.topic);
    ({ topic } = judged);
    lines.push(`  ${judged.verdict.padEnd(9)}${judged.promise}`);
    lines.push(...judged.departures.map((departure) => `${" ".repeat(11)}- ${departure}`));
  }
  const verdicts: readonly JudgedPromise["verdict"][] = ["kept", "departs", "unclear"];
  const counts = verdicts.map(
    (verdict) => `${promises.filter((judged) => judged.verdict === verdict).length} ${verdict}`,
  );
  return [...lines, "", counts.join(", ")].join("\n");
}
