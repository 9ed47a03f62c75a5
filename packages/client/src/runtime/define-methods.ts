import type { RequestOptions } from "../options/request-options.ts";
import type { Contract } from "../request/contract.ts";

/** Calls an operation, as `POST /images/variations`. */
type CallOperation = (name: string, input: unknown, options?: RequestOptions | null) => unknown;

/**
 * Gives an object the methods of a contract: `images.edit` becomes the method `edit` of the object `images`.
 *
 * @param methods The operation of each method.
 */
export function defineMethods(target: object, methods: Contract["methods"], call: CallOperation): object {
  for (const [path, name] of Object.entries(methods)) {
    const steps = path.split(".");
    const method = steps.pop()!;
    let group = target as Record<string, object>;
    for (const step of steps) {
      if (!Object.hasOwn(group, step)) define(group, step, {});
      group = group[step] as Record<string, object>;
    }
    define(group, method, (input: unknown, options?: RequestOptions | null) => call(name, input, options));
  }
  return target;
}

/** A name such as `__proto__` is a name like any other. */
function define(target: object, name: string, value: object): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: true });
}
