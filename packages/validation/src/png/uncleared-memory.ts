interface Runtime {
  readonly Buffer?: { readonly allocUnsafeSlow: (length: number) => Uint8Array };
}

/**
 * Memory for what writes every byte before it reads it, as clearing it first would be a waste of time. What is not written
 * may hold anything.
 */
export function unclearedMemory(length: number): Uint8Array {
  const { Buffer } = globalThis as Runtime;
  return Buffer?.allocUnsafeSlow(length) ?? new Uint8Array(length);
}
