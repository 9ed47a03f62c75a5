// pnpm size: what the parts of the validator add to a browser's bundle, minified and gzipped, beside what they may.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const door = "@image-variations/validation";
const bundles = [
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
  console.log(
    `${name}: ${gzipped} B of ${goal} B, minified ${contents.length} B, ${imports.length} imports left: ${gzipped <= goal ? "met" : "not met"}`,
  );
}
