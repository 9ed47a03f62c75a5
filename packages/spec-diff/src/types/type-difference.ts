import ts from "typescript";

/** Where code that was written for one type no longer fits another, in words; undefined where it still does. */
export type TypeDifference = string | undefined;

/**
 * Whether what had the type `source` can be given where `target` is asked for.
 *
 * @param lost The type whose names code may use, and the one that must still have them.
 */
export function typeDifference(
  checker: ts.TypeChecker,
  source: ts.Type,
  target: ts.Type,
  lost: readonly [old: ts.Type, now: ts.Type],
): TypeDifference {
  return mismatch(checker, source, target, []) ?? lostName(checker, ...lost, [], new Set());
}

function mismatch(checker: ts.TypeChecker, source: ts.Type, target: ts.Type, path: readonly string[]): TypeDifference {
  if (checker.isTypeAssignableTo(source, target)) return undefined;
  const [from, to] = [plain(checker, source), plain(checker, target)];
  if (path.length < 20) {
    const inner = elementsOf(checker, from, to);
    const element = inner && mismatch(checker, ...inner, [...path, "[]"]);
    if (element) return element;
    for (const property of isWalkable(from) && isWalkable(to) ? to.getProperties() : []) {
      const own = from.getProperty(property.name);
      const [type, wanted] = [own, property].map((symbol) => symbol && checker.getTypeOfSymbol(symbol));
      const below = type && wanted && mismatch(checker, type, wanted, [...path, property.name]);
      if (below) return below;
    }
  }
  return `${place(path)}${show(checker, source)} does not fit ${show(checker, target)}.`;
}

/** A name that code may use and that is gone. Assignability lets extra names pass, but written code does not. */
function lostName(
  checker: ts.TypeChecker,
  old: ts.Type,
  now: ts.Type,
  path: readonly string[],
  seen: Set<string>,
): TypeDifference {
  const [before, after] = [plain(checker, old), plain(checker, now)];
  const key = `${idOf(before)} ${idOf(after)}`;
  if (before === after || seen.has(key)) return undefined;
  seen.add(key);
  const inner = elementsOf(checker, before, after);
  if (inner) return lostName(checker, ...inner, [...path, "[]"], seen);
  if (!isWalkable(before) || !isWalkable(after)) return undefined;
  for (const property of before.getProperties()) {
    const other = after.getProperty(property.name);
    if (!other) {
      if (after.getStringIndexType() || isNever(checker.getTypeOfSymbol(property))) continue;
      return `${place([...path, property.name])}the name is gone.`;
    }
    const types = [property, other].map((symbol) => checker.getTypeOfSymbol(symbol)) as [ts.Type, ts.Type];
    const below = lostName(checker, ...types, [...path, property.name], seen);
    if (below) return below;
  }
  return undefined;
}

/** A type without null and undefined. */
function plain(checker: ts.TypeChecker, type: ts.Type): ts.Type {
  return checker.getNonNullableType(type);
}

function isWalkable(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
}

function isNever(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined)) !== 0;
}

function elementsOf(checker: ts.TypeChecker, a: ts.Type, b: ts.Type): [ts.Type, ts.Type] | undefined {
  if (!checker.isArrayType(a) || !checker.isArrayType(b)) return undefined;
  return [a.getNumberIndexType()!, b.getNumberIndexType()!];
}

function idOf(type: ts.Type): number {
  return (type as unknown as { readonly id: number }).id;
}

function place(path: readonly string[]): string {
  return path.length === 0 ? "" : `${path.join(".").replaceAll(".[]", "[]")}: `;
}

function show(checker: ts.TypeChecker, type: ts.Type): string {
  const text = checker.typeToString(type);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
