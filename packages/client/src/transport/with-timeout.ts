import { APIConnectionTimeoutError } from "../errors/api-error.ts";
import type { TransportLayer } from "./transport.ts";

/**
 * Gives up on an attempt whose headers have not come in time.
 *
 * @throws APIConnectionTimeoutError
 */
export function withTimeout(milliseconds: number): TransportLayer {
  return (next) => async (request) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), milliseconds);
    const signal = request.signal ? AbortSignal.any([request.signal, controller.signal]) : controller.signal;
    try {
      return await next({ ...request, signal });
    } catch (error) {
      throw controller.signal.aborted && !request.signal?.aborted ? new APIConnectionTimeoutError() : error;
    } finally {
      clearTimeout(timer);
    }
  };
}
