/** Base64 of a PNG goes in pieces: a terminal reads no longer sequence. */
const pieceLength = 4_096;

/**
 * A PNG as escape sequences of kitty's graphics protocol.
 *
 * @param columns How many characters wide it is shown.
 */
export function encodeKitty(png: Uint8Array, columns: number): string {
  const base64 = Buffer.from(png).toString("base64");
  const pieces = base64.match(new RegExp(`.{1,${pieceLength}}`, "g")) ?? [];
  // f=100: a PNG; a=T: transmit and show; q=2: say nothing about it, which the shell would take for typed text.
  const control = `f=100,a=T,q=2,c=${columns},`;
  return pieces
    .map(
      (piece, index) => `\u001b_G${index === 0 ? control : ""}m=${index < pieces.length - 1 ? 1 : 0};${piece}\u001b\\`,
    )
    .join("");
}
