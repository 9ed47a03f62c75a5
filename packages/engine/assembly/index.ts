// The kernels in AssemblyScript, with SIMD. What each of them does is said in src/kernels/kernels.ts; their twins, which
// give the same bits, are in src/kernels/plain-kernels.ts.
export { reduce, resampleColumns, resampleRows, warp } from "./transform";
export { denoiseCosts, denoiseMeans, exactMatch, leastCosts, selfSimilarity } from "./displace";
export { search, vote } from "./synthesise";
export { tone } from "./tone";
