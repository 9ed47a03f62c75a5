import { document } from "@image-variations/spec";

/** What a `$ref` inside the contract leads to; a value without one is itself. */
export function resolveReference<Target extends object>(value: object): Target {
  let target = value;
  while ("$ref" in target && typeof target.$ref === "string") {
    const steps = target.$ref.slice("#/".length).split("/");
    target = steps.reduce<unknown>(
      (inside, step) => (inside as Record<string, unknown>)[step.replaceAll("~1", "/").replaceAll("~0", "~")],
      document,
    ) as object;
  }
  return target as Target;
}
