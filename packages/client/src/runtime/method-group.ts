import type { RequestOptions } from "../options/request-options.ts";
import type { ResolvedOptions } from "../options/runtime-options.ts";
import type { Binding } from "./binding.ts";
import { callMethod } from "./call-method.ts";

/**
 * A class of the methods of a group, such as `images`. They are on its prototype, where tests replace them.
 *
 * @returns The class; it is made with the client, whose options are read at every call.
 */
export function methodGroup<Methods, Options extends ResolvedOptions>(
  binding: Binding<Options>,
  group: string,
): new (client: Options) => Methods {
  class MethodGroup {
    readonly #client: Options;

    constructor(client: Options) {
      this.#client = client;
    }

    static add(method: string, name: string): void {
      Object.defineProperty(this.prototype, method, {
        value(this: MethodGroup, input: unknown, options?: RequestOptions | null) {
          return callMethod({ binding, client: this.#client, name, input, options: options ?? {} });
        },
        configurable: true,
        writable: true,
      });
    }
  }
  for (const [path, name] of Object.entries(binding.contract.methods)) {
    const [first, method] = path.split(".");
    if (first === group && method) MethodGroup.add(method, name);
  }
  return MethodGroup as unknown as new (client: Options) => Methods;
}
