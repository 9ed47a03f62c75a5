/** Whether a name can stand in TypeScript as it is, in whatever script it is written. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name);
}

/** A name with `_` for what no identifier can have, and before what none can begin with. */
export function toIdentifier(name: string): string {
  const allowed = name.replaceAll(/[^\p{ID_Continue}$]/gu, "_");
  return isIdentifier(allowed) ? allowed : `_${allowed}`;
}
