import type { Kernels } from "./kernels.ts";
import { wasmBytes } from "./wasm-bytes.ts";

type KernelName = Exclude<keyof Kernels, "kind" | "memory" | "start">;

/** Which fields of its job each kernel of `assembly/` takes, in its order. */
const parameters: { readonly [Name in KernelName]: readonly string[] } = {
  reduce: ["source", "sourceWidth", "factor", "target", "width", "rows"],
  resampleRows: ["source", "sourceWidth", "target", "width", "first", "weights", "taps", "firstRow", "endRow"],
  resampleColumns: ["source", "target", "width", "first", "weights", "taps", "firstRow", "endRow"],
  warp: [
    "source",
    "sourceWidth",
    "sourceHeight",
    "target",
    "width",
    "height",
    "grid",
    "gridWidth",
    "gridHeight",
    "weights",
    "firstRow",
    "endRow",
  ],
  selfSimilarity: ["source", "width", "height", "exclusion", "distances", "scratch", "firstRow", "endRow"],
  denoiseCosts: [
    "noisy",
    "source",
    "width",
    "height",
    "radius",
    "locality",
    "keyLocality",
    "costScale",
    "costs",
    "least",
    "scratch",
    "firstRow",
    "endRow",
  ],
  denoiseMeans: [
    "source",
    "width",
    "height",
    "radius",
    "costs",
    "least",
    "exponential",
    "sums",
    "totals",
    "scratch",
    "firstRow",
    "endRow",
  ],
  leastCosts: [
    "query",
    "key",
    "width",
    "height",
    "active",
    "placeWeights",
    "keyWeights",
    "keyCosts",
    "strength",
    "keys",
    "scratch",
    "firstRow",
    "endRow",
  ],
  exactMatch: [
    "query",
    "key",
    "width",
    "height",
    "active",
    "placeWeights",
    "keyWeights",
    "keyCosts",
    "strength",
    "keys",
    "best",
    "field",
    "scratch",
    "firstRow",
    "endRow",
  ],
  search: [
    "query",
    "key",
    "width",
    "height",
    "active",
    "field",
    "result",
    "strength",
    "placeWeights",
    "keyWeights",
    "keyCosts",
    "columns",
    "rows",
    "radius",
    "goodEnough",
    "firstRow",
    "endRow",
  ],
  vote: ["source", "target", "width", "height", "field", "weights", "scratch", "firstRow", "endRow"],
  tone: ["source", "target", "width", "tables", "nodes", "origin", "across", "down", "firstRow", "endRow"],
};

const pageBytes = 65_536;

/** The kernels in WASM SIMD, or undefined where the runtime has no SIMD, or compiles no WASM. */
export async function createWasmKernels(bytes: number): Promise<Kernels | undefined> {
  const module = await compile();
  if (!module) return undefined;
  // The first page is left to the kernels' own data.
  const pages = Math.ceil(bytes / pageBytes) + 1;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });

  const kernel =
    (name: KernelName) =>
    (job: object): void => {
      const fields = ("prior" in job ? { ...job, ...(job.prior as object) } : job) as Record<string, number>;
      (exports[name] as (...values: unknown[]) => void)(...parameters[name].map((field) => fields[field]));
    };
  return {
    kind: "simd",
    memory: memory as { readonly buffer: ArrayBuffer },
    start: pageBytes,
    reduce: kernel("reduce"),
    resampleRows: kernel("resampleRows"),
    resampleColumns: kernel("resampleColumns"),
    warp: kernel("warp"),
    selfSimilarity: kernel("selfSimilarity"),
    denoiseCosts: kernel("denoiseCosts"),
    denoiseMeans: kernel("denoiseMeans"),
    leastCosts: kernel("leastCosts"),
    exactMatch: kernel("exactMatch"),
    search: kernel("search"),
    vote: kernel("vote"),
    tone: kernel("tone"),
  };
}

async function compile(): Promise<WebAssembly.Module | undefined> {
  if (typeof WebAssembly === "undefined") return undefined;
  try {
    return await WebAssembly.compile(Uint8Array.from(atob(wasmBytes), (character) => character.codePointAt(0) ?? 0));
  } catch {
    return undefined;
  }
}
