export { costlyImages } from "./costly-images.ts";
export type { CostlyImage } from "./costly-images.ts";
export type { ImageFile, InvalidImage } from "./image-file.ts";
export { invalidImages } from "./invalid-images.ts";
export { validImages } from "./valid-images.ts";
