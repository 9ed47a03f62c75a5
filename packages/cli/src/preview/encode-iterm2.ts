/**
 * A PNG as an escape sequence of iTerm2's inline images, which WezTerm, mintty and others show as well.
 *
 * @param columns How many characters wide it is shown.
 */
export function encodeIterm2(png: Uint8Array, columns: number): string {
  const base64 = Buffer.from(png).toString("base64");
  return `\u001b]1337;File=inline=1;size=${png.length};width=${columns};preserveAspectRatio=1:${base64}\u0007`;
}
