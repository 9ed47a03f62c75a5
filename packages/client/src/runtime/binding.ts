import type { RequestContext } from "../options/with-request-options.ts";
import type { ResolvedOptions } from "../options/runtime-options.ts";
import type { Contract } from "../request/contract.ts";
import { throwIfRejected } from "../response/throw-if-rejected.ts";
import type { HeadersLike } from "../transport/merge-headers.ts";
import type { TransportResponse } from "../transport/transport.ts";

/** A contract, and what a client does around its calls that no contract says. */
export interface Binding<Options extends ResolvedOptions = ResolvedOptions> {
  readonly contract: Contract;
  /** Headers of every request. The caller's own win over them. */
  readonly headersOf?: (context: RequestContext<Options>) => readonly HeadersLike[];
  /** The check that a caller wants of an operation's body, if any: it makes the body that is sent. */
  readonly bodyCheckOf?: (context: RequestContext<Options>, name: string) => BodyCheck | undefined;
  /** The check that a caller wants of an operation's successes, if any: it makes the result. */
  readonly successCheckOf?: (context: RequestContext<Options>, name: string) => SuccessCheck | undefined;
  /** What to say of an error, after what the server said. */
  readonly adviseOn?: (context: RequestContext<Options>, status: number, text: string) => string;
}

export type BodyCheck = (body: unknown) => Promise<unknown>;

export type SuccessCheck = (response: TransportResponse, value: unknown) => Promise<unknown>;

/** The response, its body unread, if the server accepted the request; else throws the error, with the client's advice. */
export function acceptResponse<Options extends ResolvedOptions>(
  { adviseOn }: Binding<Options>,
  context: RequestContext<Options>,
  response: TransportResponse,
): TransportResponse | Promise<never> {
  return throwIfRejected(response, adviseOn && ((status, text) => adviseOn(context, status, text)));
}
