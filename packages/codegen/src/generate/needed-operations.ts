import type { NeededOperation } from "../document/read-spec.ts";

/** The operations that the packages' hand-written code calls. */
export const neededOperations: readonly NeededOperation[] = [{ method: "post", path: "/images/variations" }];
