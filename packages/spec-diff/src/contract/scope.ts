import type { Direction } from "../policy/observed-change.ts";
import type { RuleName } from "../policy/rules.ts";
import type { Place } from "../schema/comparison.ts";
import type { SchemaComparer } from "../schema/create-schema-comparer.ts";
import type { Spec } from "../schema/spec.ts";

/** What the comparison of one operation, or of what stands around them all, has at hand. */
export interface Scope {
  readonly base: Spec;
  readonly head: Spec;
  /** What a caller sends, and what it receives: the other way round for webhooks and callbacks. */
  readonly sent: Exclude<Direction, "both">;
  readonly received: Exclude<Direction, "both">;
  /** Whether the names in generated code are part of the contract. */
  readonly names: boolean;
  readonly schemas: SchemaComparer;
  report(rule: RuleName, direction: Direction, place: Place, facts?: Readonly<Record<string, string>>): void;
}
