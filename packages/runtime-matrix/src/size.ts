// pnpm size: what the parts of the validator add to a browser's bundle, minified and gzipped, beside what they may. Fails
// where one is larger.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const door = "@image-variations/validation";
const bundles: readonly { name: string; goal?: number; code: string }[] = [
  {
    name: "parameters only",
    goal: 1500,
    code: `import { checkParameters, imageVariationTable } from "${door}";
      globalThis.check = (parameters) => checkParameters(imageVariationTable, parameters);`,
  },
  {
    name: "with header",
    goal: 3000,
    code: `import { checkParameters, imageVariationTable, inspectPngHeader } from "${door}";
      globalThis.check = (parameters) => checkParameters(imageVariationTable, parameters);
      globalThis.inspect = inspectPngHeader;`,
  },
  { name: "everything", goal: 9000, code: `export * from "${door}";` },
  {
    name: "everything, and the server's words",
    code: `export * from "${door}"; export * from "${door}/error-envelope";`,
  },
];

for (const { name, goal, code } of bundles) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    metafile: true,
    write: false,
  });
  const { contents } = outputFiles[0]!;
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const gzipped = gzipSync(contents, { level: 9 }).length;
  const missed = gzipped > (goal ?? Infinity);
  if (missed) process.exitCode = 1;
  const verdict = goal ? ` of ${goal} B: ${missed ? "not met" : "met"}` : "";
  console.log(`${name}: ${gzipped} B${verdict}; minified ${contents.length} B, ${imports.length} imports left`);
}
