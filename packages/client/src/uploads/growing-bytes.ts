/** Bytes that arrive piece by piece, in one piece of memory: however small the pieces are, they cost their length. */
export class GrowingBytes {
  length = 0;
  #memory: Uint8Array<ArrayBuffer> = new Uint8Array();

  /** Keeps a copy of the piece. */
  append(piece: Uint8Array): void {
    const length = this.length + piece.length;
    if (length > this.#memory.length) {
      // Most files come in one piece, and need no room for more.
      const larger = new Uint8Array(this.length ? length * 2 : length);
      larger.set(this.view());
      this.#memory = larger;
    }
    this.#memory.set(piece, this.length);
    this.length = length;
  }

  /** What there is by now, not copied: good until the next piece. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#memory.subarray(0, this.length);
  }
}
