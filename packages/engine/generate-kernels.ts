// pnpm --filter @image-variations/engine generate: assembly/ → src/kernels/wasm-bytes.ts
import { writeFile } from "node:fs/promises";
import { endQuietlyWithReader } from "@image-variations/command";
import { compileKernels, generatedKernels } from "./src/testing/compile-kernels.ts";

endQuietlyWithReader();
await writeFile(generatedKernels, await compileKernels());
