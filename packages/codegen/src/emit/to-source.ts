import { isIdentifier } from "../document/identifier.ts";

/** Writes a plain value as a TypeScript literal: two spaces of indentation, keys bare where they can be. */
export function toSource(value: unknown, indent = ""): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object" || item === null)) {
      return `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    }
    return `[\n${value.map((item) => `${inner}${toSource(item, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return "{}";
    const lines = entries.map(([key, item]) => {
      // A bare or quoted __proto__ would set the prototype.
      const name = key === "__proto__" ? '["__proto__"]' : isIdentifier(key) ? key : JSON.stringify(key);
      return `${inner}${name}: ${toSource(item, inner)},\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }
  return JSON.stringify(value);
}
