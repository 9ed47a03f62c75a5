export { beginDynamicBlock, bitWriter, canonicalCodes } from "./bit-writer.ts";
export type { BitWriter } from "./bit-writer.ts";
export { chunk, signature } from "./chunk.ts";
export type { ChunkFaults } from "./chunk.ts";
export { concatenate } from "./concatenate.ts";
export { createPng, ihdr, pngChunks } from "./create-png.ts";
export { deflateBits } from "./deflate-bits.ts";
export type { PngRecipe } from "./png-recipe.ts";
export { imageDataLength, scanlines } from "./scanlines.ts";
