/** Where what the runtime exports is imported from: a package, or a file for each name. */
export type RuntimePlaces = string | Readonly<Record<string, string>>;

/** The import declarations of some names, `type ` in front of those that are types alone. */
export function importsOf(places: RuntimePlaces, names: readonly string[]): string {
  const byPlace = new Map<string, string[]>();
  for (const name of names) {
    const place = typeof places === "string" ? places : places[name.replace("type ", "")];
    if (place === undefined) throw new Error(`It is not said where the runtime's ${name} is imported from.`);
    byPlace.set(place, [...(byPlace.get(place) ?? []), name]);
  }
  return [...byPlace]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, imported]) => declarationOf(place, imported))
    .join("");
}

function declarationOf(place: string, names: readonly string[]): string {
  const typesAlone = names.every((name) => name.startsWith("type "));
  const sorted = names
    .map((name) => (typesAlone ? name.replace("type ", "") : name))
    .toSorted((a, b) => (a.replace("type ", "").toLowerCase() < b.replace("type ", "").toLowerCase() ? -1 : 1));
  const line = `import ${typesAlone ? "type " : ""}{ ${sorted.join(", ")} } from ${JSON.stringify(place)};\n`;
  if (line.length <= 121) return line;
  return line.replace(/\{ (.*) \}/, `{\n${sorted.map((name) => `  ${name},\n`).join("")}}`);
}
