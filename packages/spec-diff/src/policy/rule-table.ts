import { levelOfEffect, rules, type Rule } from "./rules.ts";

/** The policy as docs/spec-changes.md prints it: a row for each rule. */
export function ruleTable(): string {
  const rows = Object.entries<Rule>(rules).map(([name, rule]) => {
    const [request, response] = (["request", "response"] as const).map(
      (side) => rule[side] ?? levelOfEffect[rule.effect][side],
    );
    return `| \`${name}\` | ${rule.effect} | ${request} | ${response} |`;
  });
  return ["| Rule | Effect | In a request | In a response |", "| --- | --- | --- | --- |", ...rows, ""].join("\n");
}
