import type { ChangeCase, Edit } from "./change-case.ts";
import { contractRows } from "./contract-rows.ts";
import { schemaRows, type SchemaRow } from "./schema-rows.ts";

/** The accuracy table: single changes, each with the level that it should be given, and why. */
export function listCases(): ChangeCase[] {
  return [
    ...schemaRows.flatMap((row) => [
      ...both(`request: ${row.name}`, at(row, "NewPet"), row.request, row.reasons, row.version),
      ...both(`response: ${row.name}`, at(row, "Pet"), row.response, row.reasons, row.version),
    ]),
    ...contractRows.flatMap(({ name, edits, expected, reasons }) => both(name, edits, expected, reasons)),
  ];
}

function at({ at: place, before, after }: SchemaRow, schema: string): Edit[] {
  return [
    {
      at: `/components/schemas/${schema}${place}`,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}

function both(
  name: string,
  edits: readonly Edit[],
  expected: ChangeCase["expected"][] | readonly [ChangeCase["expected"], ChangeCase["expected"]],
  reasons: readonly [string, string],
  version: ChangeCase["version"] = "3.1.0",
): ChangeCase[] {
  const back = edits.map(({ at: place, before, after }) => ({
    at: place,
    ...(after !== undefined && { before: after }),
    ...(before !== undefined && { after: before }),
  }));
  return [
    { name, version, edits, expected: expected[0]!, reason: reasons[0] },
    { name: `${name}, taken back`, version, edits: back, expected: expected[1]!, reason: reasons[1] },
  ];
}
