/** The most pixels that an image may have, 64 megapixels: a small file can state any number. */
export const maxPixels = 67_108_864;
