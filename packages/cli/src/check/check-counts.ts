import type { CheckedImage } from "./check-images.ts";

/** How many images were accepted, rejected, or not read. */
export interface CheckCounts {
  accepted: number;
  /** Of those accepted. */
  warned: number;
  rejected: number;
  unreadable: number;
  /** Of those rejected, as far as `fit` would make an accepted image of them. */
  fixable: number;
}

/** What `fit` is for: all else is damaged. */
const fixableCodes: ReadonlySet<string> = new Set(["not_png", "not_square", "too_large"]);

export function createCounts(): CheckCounts {
  return { accepted: 0, warned: 0, rejected: 0, unreadable: 0, fixable: 0 };
}

/** Counts one more image. */
export function countChecked(counts: CheckCounts, checked: CheckedImage): void {
  counts[checked.status] += 1;
  if (checked.status === "unreadable") return;
  const { issues, warningCount } = checked.inspection;
  if (checked.status === "accepted" && warningCount > 0) counts.warned += 1;
  const errors = issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0 && errors.every(isFixable)) counts.fixable += 1;
}

/** Whether `fit` can do something about an issue. */
export function isFixable({ code, received }: { readonly code: string; readonly received: unknown }): boolean {
  return fixableCodes.has(code) && (code !== "not_png" || String(received).startsWith("image/"));
}
