import { unknownPath } from "../errors/wire-errors.ts";
import type { Reply } from "../response/reply.ts";
import type { Context } from "./context.ts";

/** GET /metrics, for those who have a key, if keys are needed. */
export async function serveMetrics({ request, url, services, metrics }: Context): Promise<Reply> {
  if (!metrics) throw unknownPath(request.method, url.pathname);
  await services.authenticate?.(request.headers.get("authorization"));
  const { contentType, text } = await metrics.render();
  return { status: 200, headers: { "content-type": contentType, "cache-control": "no-store" }, body: text };
}
