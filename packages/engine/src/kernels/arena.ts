import type { Kernels } from "./kernels.ts";

/** An image of four 16-bit channels in the kernels' memory; `address` is that of its first pixel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly address: number;
}

/** Hands out the kernels' memory from the bottom up, and takes it back from the top down. */
export class Arena {
  readonly kernels: Kernels;
  readonly #views: {
    readonly u8: Uint8Array;
    readonly i16: Int16Array;
    readonly i32: Int32Array;
    readonly f32: Float32Array;
    readonly f64: Float64Array;
  };
  #top: number;

  constructor(kernels: Kernels) {
    const { buffer } = kernels.memory;
    this.kernels = kernels;
    this.#top = kernels.start;
    this.#views = {
      u8: new Uint8Array(buffer),
      i16: new Int16Array(buffer),
      i32: new Int32Array(buffer),
      f32: new Float32Array(buffer),
      f64: new Float64Array(buffer),
    };
  }

  /** A place in memory to return to with {@link release}. */
  mark(): number {
    return this.#top;
  }

  /** Frees whatever was allocated since the mark was taken. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** The address of so many bytes. What they hold is left from before. */
  allocate(bytes: number): number {
    const address = this.#top;
    // SIMD loads may touch the bytes behind the last pixel.
    this.#top += (bytes + 64 + 15) & ~15;
    if (this.#top > this.#views.u8.length) throw new RangeError(`The arena of ${this.#views.u8.length} bytes is full.`);
    return address;
  }

  raster(width: number, height: number): Raster {
    return { width, height, address: this.allocate(width * height * 8) };
  }

  pixels({ width, height, address }: Raster): Int16Array {
    return this.#views.i16.subarray(address >> 1, (address >> 1) + width * height * 4);
  }

  bytes(address: number, length: number): Uint8Array {
    return this.#views.u8.subarray(address, address + length);
  }

  shorts(address: number, length: number): Int16Array {
    return this.#views.i16.subarray(address >> 1, (address >> 1) + length);
  }

  integers(address: number, length: number): Int32Array {
    return this.#views.i32.subarray(address >> 2, (address >> 2) + length);
  }

  floats(address: number, length: number): Float32Array {
    return this.#views.f32.subarray(address >> 2, (address >> 2) + length);
  }

  doubles(address: number, length: number): Float64Array {
    return this.#views.f64.subarray(address >> 3, (address >> 3) + length);
  }
}
