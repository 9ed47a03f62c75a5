import { invalidApiKey, missingApiKey } from "../errors/wire-errors.ts";

/** Who sends a request. */
export interface Caller {
  /** Stands for the caller in logs and in the queue. Never a key. */
  readonly id: string;
}

/**
 * The keys that are accepted: a list, each as it is or as `sha256:` and the 64 hexadecimal digits of its hash; or a
 * function that says who a key belongs to, or whether it is valid.
 */
export type ApiKeys =
  | readonly string[]
  | ((key: string) => Caller | boolean | undefined | Promise<Caller | boolean | undefined>);

/** Finds out who sends a request by its `Authorization` header. */
export type Authenticate = (authorization: string | null) => Promise<Caller>;

const hashPattern = /^sha256:[\da-f]{64}$/i;

/**
 * @returns A function that throws a RequestError (401) for a missing or unknown key.
 * @throws TypeError for a list with an entry that cannot be a key.
 */
export function createAuthenticate(keys: ApiKeys): Authenticate {
  const check = typeof keys === "function" ? keys : createKeyCheck(keys);
  return async (authorization) => {
    const key = /^Bearer +(\S.*)$/i.exec(authorization ?? "")?.[1]?.trim();
    if (!key) throw missingApiKey();
    const result = await check(key);
    if (!result) throw invalidApiKey(key);
    return result === true ? { id: `key-${toHex(await sha256(key)).slice(0, 12)}` } : result;
  };
}

function createKeyCheck(keys: readonly string[]): (key: string) => Promise<Caller | undefined> {
  for (const [index, key] of keys.entries()) {
    if (typeof key !== "string" || key.trim() === "" || (/^sha256:/i.test(key) && !hashPattern.test(key))) {
      throw new TypeError(
        `apiKeys[${index}] must be a key, or sha256: and 64 hexadecimal digits; got ${typeof key === "string" ? `${key.length} characters` : typeof key}.`,
      );
    }
  }
  let hashes: Promise<Uint8Array[]> | undefined;
  return async (key) => {
    const known = await (hashes ??= Promise.all(keys.map(hashOf)));
    const hash = await sha256(key);
    let found = 0;
    // Every hash is compared to its end, so that the time tells nothing of how near a key was, or which one it is.
    for (const other of known) {
      let difference = 0;
      for (const [index, byte] of hash.entries()) difference |= byte ^ (other[index] ?? 0);
      found |= Number(difference === 0);
    }
    return found === 1 ? { id: `key-${toHex(hash).slice(0, 12)}` } : undefined;
  };
}

function hashOf(key: string): Uint8Array | Promise<Uint8Array> {
  if (!hashPattern.test(key)) return sha256(key);
  return Uint8Array.from({ length: 32 }, (_, index) => Number.parseInt(key.slice(7 + index * 2, 9 + index * 2), 16));
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
