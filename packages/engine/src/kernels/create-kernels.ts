import type { Kernels } from "./kernels.ts";
import { createPlainKernels } from "./plain-kernels.ts";
import { createWasmKernels } from "./wasm-kernels.ts";

/** The fastest kernels that the runtime can run, with so much memory. */
export async function createKernels(bytes: number): Promise<Kernels> {
  return (await createWasmKernels(bytes)) ?? createPlainKernels(bytes);
}
