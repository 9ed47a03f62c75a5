import { type Operation, resolve } from "../document/list-operations.ts";
import type { OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";
import { groupMethods } from "./group-methods.ts";
import { schemaOf } from "./response-facts.ts";

/** The methods of our own client and their parameters, as a page of its documentation. */
export function emitMethodDocs(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  specName: string,
): string {
  const sections = [...groupMethods(document, methods).groups.values()].flatMap((group) =>
    [...group.methods.values()].map(({ path, name, operation }) => {
      const { summary, description, request } = operation;
      const sent = request ? `, a body of \`${request.mediaType}\`` : "";
      const told = (description ?? summary).trim();
      return `## \`client.${path}\`\n\n${told}\n\nSends \`${name}\`${sent}.\n${parametersTable(document, operation)}`;
    }),
  );
  return `<!-- Generated from ${specName}. Do not edit: change the spec and run \`pnpm generate\`. -->

# The methods of the client

Each method takes a body, and then the options of the request. The same operations are there for \`createClient\`, by their paths.

${sections.join("\n")}`;
}

function parametersTable(document: OpenAPIDocument, { request }: Operation): string {
  if (!request) return "";
  const { properties = {}, required = [] } = request.schema;
  const rows = Object.entries(properties).map(([name, property]) => {
    const schema = schemaOf(document, property);
    const must = required.includes(name) ? ", required" : "";
    const { default: value } = schema;
    return [
      `\`${name}\`${must}`,
      valuesOf(document, schema),
      value === undefined ? "" : `\`${String(value)}\``,
      inCell(schema.description ?? ""),
    ];
  });
  if (rows.length === 0) return "";
  return `\n${table([["Parameter", "Values", "Default", "What it is"], ...rows])}`;
}

/** The values that a schema allows, in a few words. */
function valuesOf(document: OpenAPIDocument, schema: SchemaObject): string {
  const { type, format, items, minimum, maximum, minItems, maxItems, minLength, maxLength } = schema;
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((part) => schemaOf(document, part));
  if (parts.length > 0) {
    return parts
      .map((part) => valuesOf(document, part))
      .filter((text) => text !== "null")
      .join(", or ");
  }
  if (schema.enum)
    return schema.enum
      .filter((value) => value !== null)
      .map((value) => `\`${String(value)}\``)
      .join(", ");
  if (items) {
    const item = resolve<SchemaObject>(document, items);
    return `list${between(minItems, maxItems)} of ${valuesOf(document, item)}`;
  }
  const limits = schema["x-image-limits"];
  if (format === "binary") {
    if (!limits) return "file";
    const shape = limits.square ? ", square" : "";
    return `file: ${limits.mediaTypes.join(" or ")}${shape}, fewer than ${limits.exclusiveMaximumBytes.toLocaleString("en")} bytes`;
  }
  const kind = [type].flat().find((one) => one !== "null" || type === "null") ?? "anything";
  const words: Readonly<Record<string, string>> = { string: "text", integer: "whole number" };
  return `${words[kind] ?? kind}${between(minimum ?? minLength, maximum ?? maxLength, kind === "string" ? " characters" : "")}`;
}

function between(least: number | undefined, most: number | undefined, unit = ""): string {
  if (least === undefined && most === undefined) return "";
  if (most === undefined) return `, at least ${least}${unit}`;
  return least === undefined ? `, at most ${most}${unit}` : `, ${least} to ${most}${unit}`;
}

function inCell(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
}

/** A table whose columns are as wide as what is in them. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[], fill = " "): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |\n`;
  const [head, ...body] = rows;
  return [
    line(head!),
    line(
      widths.map(() => ""),
      "-",
    ),
    ...body.map((row) => line(row)),
  ].join("");
}
