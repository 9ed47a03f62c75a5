import type { HeaderFields } from "../transport/transport.ts";

/**
 * The headers of a message, found when they are asked for: Node's own `headers` makes an object of all of them at the
 * first look, which takes longer than the few lookups that a response gets.
 */
export class RawHeaderFields implements HeaderFields {
  readonly #raw: readonly string[];

  /** @param raw Names and values by turns, as `rawHeaders` has them. */
  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  get(wanted: string): string | undefined {
    let found: string | undefined;
    for (let index = 0; index < this.#raw.length; index += 2) {
      const name = this.#raw[index] ?? "";
      if (name.length !== wanted.length || name.toLowerCase() !== wanted) continue;
      const value = this.#raw[index + 1] ?? "";
      found = found === undefined ? value : `${found}, ${value}`;
    }
    return found;
  }

  *[Symbol.iterator](): Generator<[name: string, value: string]> {
    for (let index = 0; index < this.#raw.length; index += 2) {
      yield [(this.#raw[index] ?? "").toLowerCase(), this.#raw[index + 1] ?? ""];
    }
  }
}
