// pnpm --filter @image-variations/engine generate: assembly/ → src/kernels/wasm-bytes.ts
import { writeFile } from "node:fs/promises";
import { endQuietlyWithReader } from "../../scripts/src/end-quietly-with-reader.ts";
import { compileKernels, generatedKernels } from "./src/testing/compile-kernels.ts";

endQuietlyWithReader();
await writeFile(generatedKernels, await compileKernels());
