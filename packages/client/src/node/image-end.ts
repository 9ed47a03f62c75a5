/**
 * Follows an image's own structure from its first byte on, whatever it is cut into, to tell whether its end has come: a
 * body without a length may break off anywhere. What comes after the end is not looked at.
 */
export class ImageEnd {
  /** What the next bytes are: the image's first, a part's head, or what is skipped. */
  #state: (bytes: Uint8Array) => number = (bytes) => this.#begin(bytes);
  #waiting = new Uint8Array();
  /** How many bytes are still to be skipped; what says a length below its own head has none. */
  #skip = 0;
  #endsAfterSkip = false;
  #complete = false;

  /** Whether the image's end has come. */
  get isComplete(): boolean {
    return this.#complete;
  }

  /** Takes the next piece of the image. */
  add(piece: Uint8Array): void {
    let bytes = piece;
    while (!this.#complete && bytes.length > 0) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, bytes.length);
        this.#skip -= passed;
        bytes = bytes.subarray(passed);
        this.#complete = this.#skip === 0 && this.#endsAfterSkip;
        continue;
      }
      if (this.#waiting.length > 0) bytes = Buffer.concat([this.#waiting, bytes]);
      const used = this.#state(bytes);
      this.#waiting = used === 0 ? Uint8Array.from(bytes) : new Uint8Array();
      if (used === 0) return;
      bytes = bytes.subarray(used);
    }
  }

  /** Each state returns how many bytes it has used, or 0 if it needs more of them. */
  #begin(bytes: Uint8Array): number {
    if (bytes.length < 12) return 0;
    if (bytes[0] === 0x89 /* PNG */) {
      this.#state = (chunk) => this.#readPngChunk(chunk);
      return 8;
    }
    if (bytes[0] === 0xff /* JPEG */) {
      this.#state = (segment) => this.#readJpegMarker(segment);
      return 2;
    }
    // RIFF says its length first, in little endian; 4 of its bytes are the word WEBP.
    this.#skipBytes(viewOf(bytes).getUint32(4, true) - 4, true);
    return 12;
  }

  #readPngChunk(bytes: Uint8Array): number {
    if (bytes.length < 8) return 0;
    const isEnd = String.fromCharCode(...bytes.subarray(4, 8)) === "IEND";
    // The chunk's data and its checksum.
    this.#skipBytes(viewOf(bytes).getUint32(0) + 4, isEnd);
    return 8;
  }

  #readJpegMarker(bytes: Uint8Array): number {
    // Between segments there may be filling, or what does not belong there.
    if (bytes[0] !== 0xff || bytes[1] === 0xff) return 1;
    if (bytes[1] === 0xd9) return this.#end(2);
    if (bytes.length < 4) return 0;
    this.#skipBytes(viewOf(bytes).getUint16(2) - 2, false);
    if (bytes[1] === 0xda /* a scan's data comes next */) this.#state = (data) => this.#readJpegScan(data);
    return 4;
  }

  /** In a scan's data, 0xff is followed by 0, or by a number that starts again; anything else ends it. */
  #readJpegScan(bytes: Uint8Array): number {
    for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at)) {
      const marker = bytes[at + 1];
      if (marker === undefined) return at;
      if (marker === 0xd9) return this.#end(at + 2);
      if (marker === 0xff) {
        at += 1;
      } else if (marker === 0 || (marker >= 0xd0 && marker <= 0xd7)) {
        at += 2;
      } else {
        this.#state = (segment) => this.#readJpegMarker(segment);
        return at || this.#readJpegMarker(bytes);
      }
    }
    return bytes.length;
  }

  #skipBytes(bytes: number, isEnd: boolean): void {
    this.#skip = bytes;
    this.#endsAfterSkip = isEnd;
  }

  #end(used: number): number {
    this.#complete = true;
    return used;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
