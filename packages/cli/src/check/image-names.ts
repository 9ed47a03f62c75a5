const endings = /\.(?:apng|avif|bmp|gif|heic|heif|ico|jfif|jp2|jpe|jpeg|jpg|jxl|png|psd|svg|tga|tif|tiff|webp)$/i;

/** Whether a file in a directory counts as an image, by the ending of its name. Hidden files do not. */
export function isImageName(name: string): boolean {
  return !name.startsWith(".") && endings.test(name);
}

/** Whether a directory in a directory is looked into: not if it is hidden, nor if it holds installed packages. */
export function isSearchedFolder(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules";
}
