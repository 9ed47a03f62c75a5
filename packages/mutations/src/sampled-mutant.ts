/** A position in a source; both count from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A fault that was put into a source, and what came of it. */
export interface SampledMutant {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  /** The kind of fault, such as `ConditionalExpression`. */
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: string;
  /** Whether it was ended by the clock, and not because a test failed or passed it too often. */
  readonly byClock?: boolean;
}

/** Whether the package's tests noticed it: one failed, hung or crashed. */
export function isKilled({ status }: SampledMutant): boolean {
  return status === "Killed" || status === "Timeout" || status === "RuntimeError";
}

const longest = 90;

/** A mutant as `file:line, original → mutated`. */
export function describeMutant({ path, start, end, replacement, status }: SampledMutant, source: string): string {
  const lines = source.split("\n").slice(start.line, end.line + 1);
  lines.push((lines.pop() ?? "").slice(0, end.column));
  const original = [lines[0]?.slice(start.line === end.line ? 0 : start.column), ...lines.slice(1)].join("\n");
  const text = start.line === end.line ? original.slice(start.column) : original;
  const note = status === "NoCoverage" ? " (no test reaches it)" : "";
  return `${path}:${start.line + 1}: ${shorten(text)} → ${shorten(replacement)}${note}`;
}

/** Code in one line, and not too long. */
export function shorten(code: string): string {
  const line = code.replaceAll(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
