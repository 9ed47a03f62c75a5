import type { RequestContext } from "../options/with-request-options.ts";
import type { ResolvedOptions } from "../options/runtime-options.ts";
import type { Contract } from "../request/contract.ts";
import type { SuccessCheck } from "../response/check-success.ts";
import type { HeadersLike } from "../transport/merge-headers.ts";

/** A contract, and what a client does around its calls that no contract says. */
export interface Binding<Options extends ResolvedOptions = ResolvedOptions> {
  readonly contract: Contract;
  /** Headers of every request. The caller's own win over them. */
  readonly headersOf?: (context: RequestContext<Options>) => readonly HeadersLike[];
  /** What a caller wants checked of an operation. */
  readonly checksOf?: (context: RequestContext<Options>, operation: string) => Checks;
  /** What to say of an error, after what the server said. */
  readonly adviseOn?: (context: RequestContext<Options>, status: number, text: string) => string;
}

/** Checks of a caller's own, each only if there is one. */
export interface Checks {
  /** Makes the parameters that are sent of those that were given. */
  readonly body?: ((body: unknown) => Promise<unknown>) | undefined;
  /** Makes the result of what the contract accepts. */
  readonly response?: SuccessCheck | undefined;
}
