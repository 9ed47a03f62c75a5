import type { ObservedChange } from "./observed-change.ts";
import { highestLevel, type Level } from "./level.ts";
import { levelOfEffect, rules, type Rule } from "./rules.ts";

/** A change's level and the sentence about it. */
export interface Classification {
  readonly level: Level;
  readonly reason: string;
  readonly undecided: boolean;
}

/** Looks a change up in the policy. */
export function classify({ rule: name, direction, facts }: ObservedChange): Classification {
  const rule: Rule = rules[name];
  const side = direction === "response" ? "response" : "request";
  const sentence = typeof rule.reason === "string" ? rule.reason : rule.reason[side];
  return {
    level:
      direction === "both" ? highestLevel([levelOn(rule, "request"), levelOn(rule, "response")]) : levelOn(rule, side),
    reason: sentence.replaceAll(/\{(\w+)\}/g, (_, word: string) => facts[word] ?? word),
    undecided: rule.undecided ?? false,
  };
}

function levelOn(rule: Rule, side: "request" | "response"): Level {
  return rule[side] ?? levelOfEffect[rule.effect][side];
}
