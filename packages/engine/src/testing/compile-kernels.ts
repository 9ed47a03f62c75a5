import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Where the compiled kernels stand. */
export const generatedKernels: URL = new URL("../kernels/wasm-bytes.ts", import.meta.url);

/** The kernels as a module: WASM bytes in base64, so that they need no file and no request where they run. */
export async function compileKernels(): Promise<string> {
  let compiled: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      "index.ts",
      "--baseDir",
      fileURLToPath(new URL("../../assembly", import.meta.url)),
      "--outFile",
      "kernels.wasm",
      "--runtime",
      "stub",
      "--use",
      "abort=",
      "--importMemory",
      "--noExportMemory",
      "--noAssert",
      "--enable",
      "simd",
      "-O3",
      "--converge",
    ],
    {
      writeFile: (_name, contents) => {
        if (typeof contents !== "string") compiled = contents;
      },
    },
  );
  if (error || !compiled) throw new Error(`AssemblyScript rejected the kernels.\n${stderr.toString()}`);
  return `// Generated from assembly/ by \`pnpm --filter @image-variations/engine generate\`. Do not edit.

/** The kernels as WebAssembly with SIMD, in base64. */
export const wasmBytes: string =
  "${Buffer.from(compiled).toString("base64")}";
`;
}
