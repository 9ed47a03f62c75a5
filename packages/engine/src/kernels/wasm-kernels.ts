import { wasmKernels } from "../generated/wasm-kernels.ts";
import type { Kernels, PriorAddresses } from "./kernels.ts";

const pageBytes = 65_536;

/** The kernels in WASM SIMD, or undefined where the runtime has no SIMD, or compiles no WASM. */
export async function createWasmKernels(bytes: number): Promise<Kernels | undefined> {
  if (typeof WebAssembly === "undefined") return undefined;
  const pages = Math.ceil((bytes + pageBytes) / pageBytes);
  let memory: WebAssembly.Memory;
  let exports: WebAssembly.Exports;
  try {
    const code = Uint8Array.from(atob(wasmKernels), (character) => character.charCodeAt(0));
    const module = await WebAssembly.compile(code);
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    ({ exports } = await WebAssembly.instantiate(module, { env: { memory } }));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
  const call = (name: string, ...values: number[]): void => void (exports[name] as (...values: number[]) => void)(...values);
  const priorOf = ({ strength, placeWeights, keyWeights, keyCosts, columns, rows }: PriorAddresses): number[] => [
    strength,
    placeWeights,
    keyWeights,
    keyCosts,
    columns,
    rows,
  ];
  return {
    kind: "simd",
    memory: memory as { readonly buffer: ArrayBuffer },
    start: pageBytes,
    reduce: (job) => call("reduce", job.source, job.sourceWidth, job.factor, job.target, job.width, job.rows),
    resampleRows: (job) =>
      call(
        "resampleRows",
        ...[job.source, job.sourceWidth, job.target, job.width, job.first, job.weights, job.taps],
        ...[job.firstRow, job.endRow],
      ),
    resampleColumns: (job) =>
      call(
        "resampleColumns",
        ...[job.source, job.target, job.width, job.first, job.weights, job.taps, job.firstRow, job.endRow],
      ),
    warp: (job) =>
      call(
        "warp",
        ...[job.source, job.sourceWidth, job.sourceHeight, job.target, job.width, job.height],
        ...[job.grid, job.gridWidth, job.gridHeight, job.weights, job.firstRow, job.endRow],
      ),
    selfSimilarity: (job) =>
      call(
        "selfSimilarity",
        ...[job.source, job.width, job.height, job.exclusion, job.distances, job.scratch, job.firstRow, job.endRow],
      ),
    denoiseCosts: (job) =>
      call(
        "denoiseCosts",
        ...[job.noisy, job.source, job.width, job.height, job.radius, job.locality, job.keyLocality],
        ...[job.costScale, job.costs, job.least, job.scratch, job.firstRow, job.endRow],
      ),
    denoiseMeans: (job) =>
      call(
        "denoiseMeans",
        ...[job.source, job.width, job.height, job.radius, job.costs, job.least, job.exponential, job.sums],
        ...[job.totals, job.scratch, job.firstRow, job.endRow],
      ),
    leastCosts: (job) =>
      call(
        "leastCosts",
        ...[job.query, job.key, job.width, job.height, job.active],
        ...[job.placeWeights, job.keyWeights, job.keyCosts, job.strength],
        ...[job.keys, job.scratch, job.firstRow, job.endRow],
      ),
    exactMatch: (job) =>
      call(
        "exactMatch",
        ...[job.query, job.key, job.width, job.height, job.active],
        ...[job.placeWeights, job.keyWeights, job.keyCosts, job.strength],
        ...[job.keys, job.best, job.field, job.scratch, job.firstRow, job.endRow],
      ),
    search: (job) =>
      call(
        "search",
        ...[job.query, job.key, job.width, job.height, job.active, job.field, job.result],
        ...priorOf(job.prior),
        ...[job.radius, job.goodEnough, job.firstRow, job.endRow],
      ),
    vote: (job) =>
      call(
        "vote",
        ...[job.source, job.target, job.width, job.height, job.field, job.weights, job.scratch],
        ...[job.firstRow, job.endRow],
      ),
    tone: (job) =>
      call(
        "tone",
        ...[job.source, job.target, job.width, job.tables, job.nodes, job.origin, job.across, job.down],
        ...[job.firstRow, job.endRow],
      ),
  };
}
