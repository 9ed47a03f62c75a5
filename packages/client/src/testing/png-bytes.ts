/** The first bytes of a PNG file, and a few that a text would not survive: enough where only the upload is tested. */
export function pngBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0x0d, 0x0a, 0x2d, 0x2d, 0xff, 0xfe]);
}
