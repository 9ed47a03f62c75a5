import { uint32 } from "./uint32.ts";

/** Four bytes as they can be shown, whatever they are: `0x89504e47`. */
export function hexadecimal(bytes: Uint8Array, offset: number): string {
  return `0x${uint32(bytes, offset).toString(16).padStart(8, "0")}`;
}
