import type { RequestOptions } from "../options/request-options.ts";
import type { ResolvedOptions } from "../options/runtime-options.ts";
import type { Binding } from "./binding.ts";
import { callMethod } from "./call-method.ts";

/** A class for each group of methods; it is made with the client, whose options are read at every call. */
export type GroupClasses<Methods, Options> = {
  readonly [Group in keyof Methods]: new (client: Options) => Methods[Group];
};

class MethodGroup<Options> {
  readonly #client: Options;

  constructor(client: Options) {
    this.#client = client;
  }

  static clientOf<Options>(group: MethodGroup<Options>): Options {
    return group.#client;
  }
}

/**
 * The methods of a contract, `images.edit` in the class of the group `images`. They are on its prototype, where tests
 * replace them.
 */
export function methodGroups<Methods, Options extends ResolvedOptions>(
  binding: Binding<Options>,
): GroupClasses<Methods, Options> {
  const groups: Record<string, typeof MethodGroup<Options>> = {};
  for (const [path, name] of Object.entries(binding.contract.methods)) {
    const [group = "", method = ""] = path.split(".");
    const { prototype } = (groups[group] ??= class extends MethodGroup<Options> {});
    Object.defineProperty(prototype, method, {
      value(this: MethodGroup<Options>, input: unknown, options?: RequestOptions | null) {
        return callMethod({ binding, client: MethodGroup.clientOf(this), name, input, options: options ?? {} });
      },
      configurable: true,
      writable: true,
    });
  }
  return groups as unknown as GroupClasses<Methods, Options>;
}
