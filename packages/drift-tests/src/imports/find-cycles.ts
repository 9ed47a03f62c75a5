import type { ImportEdge } from "./import-graph.ts";

/** Every way that leads from a module back to itself, each once, as the paths that it goes through. */
export function findCycles(edges: readonly ImportEdge[]): string[][] {
  const imports = new Map<string, ImportEdge[]>();
  for (const edge of edges) imports.set(edge.from, [...(imports.get(edge.from) ?? []), edge]);
  const cycles: string[][] = [];
  const done = new Set<string>();
  const walk = (module: string, way: readonly string[]): void => {
    const start = way.indexOf(module);
    if (start >= 0) cycles.push([...way.slice(start), module]);
    if (start >= 0 || done.has(module)) return;
    for (const { to } of imports.get(module) ?? []) walk(to, [...way, module]);
    done.add(module);
  };
  for (const module of imports.keys()) walk(module, []);
  return cycles;
}
