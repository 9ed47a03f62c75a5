import { createReport, describePath } from "../parameters/create-report.ts";
import type { UnknownCheck } from "../parameters/parameter-check.ts";
import { jsonWords } from "./json-issues.ts";

/** Lets parameters pass that a table does not have, with a warning for one that looks like a parameter that is missing. */
export const warnIfMisspelt: UnknownCheck = (values, { table, found, suggest }) => {
  const missing = table.map(({ name }) => name).filter((name) => values.get(name) === undefined);
  for (const [name, value] of values) {
    const meant = value === undefined || table.some((row) => row.name === name) ? undefined : suggest?.(name, missing);
    const path = [name];
    const report = createReport({ found, path, value: name }, jsonWords);
    if (meant) report("undocumented_parameter", missing, { received: describePath(path), meant });
  }
};
