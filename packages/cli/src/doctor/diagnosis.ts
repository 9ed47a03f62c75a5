/** What a check found. */
export type Diagnosis = Passed | Failed;

/** All is well, or the check does not apply. */
export interface Passed {
  readonly status: "ok" | "skipped";
  readonly message: string;
}

/** Something is wrong. */
export interface Failed {
  readonly status: "failed";
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

export function ok(message: string): Diagnosis {
  return { status: "ok", message };
}

export function skipped(message: string): Diagnosis {
  return { status: "skipped", message };
}

export function failed(message: string, fix: string): Diagnosis {
  return { status: "failed", message, fix };
}
