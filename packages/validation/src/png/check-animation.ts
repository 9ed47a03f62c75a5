import type { FindingLog } from "./finding-log.ts";
import { uint32 } from "./uint32.ts";

/** Follows the chunks of an animated PNG: their sequence numbers, and the number of frames (section 4.9.2). */
export class AnimationCheck {
  #next = 0;
  #frames = 0;
  #announced: number | undefined;

  /** Looks at a chunk of an animation: acTL, fcTL or fdAT. Others are passed over. */
  add(type: string, offset: number, length: number, bytes: Uint8Array, log: FindingLog): void {
    if (length < 4 || !/^(acTL|fcTL|fdAT)$/.test(type)) return;
    const number = uint32(bytes, offset + 8);
    if (type === "acTL") {
      this.#announced = number;
      return;
    }
    if (type === "fcTL") this.#frames++;
    if (number !== this.#next) {
      const subject = `sequence number of ${type}`;
      log.add("sequence_number_wrong", [offset, type, "13.1"], subject, number, this.#next, { severity: "warning" });
    }
    this.#next = number + 1;
  }

  /** Compares the number of frames with the one announced. */
  end(log: FindingLog): void {
    if (this.#announced === undefined || this.#announced === this.#frames) return;
    const subject = "number of frames";
    log.add("frame_count_wrong", [0, "acTL", "11.3.6.1"], subject, this.#frames, this.#announced, {
      severity: "warning",
    });
  }
}
