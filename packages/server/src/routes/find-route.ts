import { methodNotAllowed, unknownPath } from "../errors/wire-errors.ts";
import type { Reply } from "../response/reply.ts";
import type { Context } from "./context.ts";
import { createVariations } from "./create-variations.ts";
import { healthz, readyz } from "./health.ts";
import { serveFile } from "./serve-file.ts";
import { serveMetrics } from "./serve-metrics.ts";
import { listModels, retrieveModel } from "./models.ts";
import { serveDocument } from "./serve-document.ts";

type Run = (context: Context) => Reply | Promise<Reply>;

export interface Route {
  /** Without a version prefix; `{id}` stands for one segment. */
  readonly path: string;
  readonly methods: Readonly<Record<string, Run>>;
}

/** All paths that the server has. Every path is there with `/v1` in front, too. */
const routes: readonly Route[] = [
  { path: "/images/variations", methods: { POST: createVariations } },
  { path: "/files/{id}", methods: { GET: serveFile, HEAD: serveFile } },
  { path: "/models", methods: { GET: listModels, HEAD: listModels } },
  { path: "/models/{id}", methods: { GET: retrieveModel, HEAD: retrieveModel } },
  { path: "/openapi.json", methods: { GET: serveDocument, HEAD: serveDocument } },
  { path: "/healthz", methods: { GET: healthz, HEAD: healthz } },
  { path: "/readyz", methods: { GET: readyz, HEAD: readyz } },
  { path: "/metrics", methods: { GET: serveMetrics, HEAD: serveMetrics } },
];

const exactRoutes = new Map(routes.map((route) => [route.path, route]));

export interface FoundRoute {
  readonly path: string;
  readonly run: Run;
  readonly id: string;
}

/**
 * @param basePath What the public URL has in front of every path; a proxy may have taken it away, or not.
 * @throws RequestError (404, 405)
 */
export function findRoute(method: string, pathname: string, basePath: string): FoundRoute {
  const below = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
  const path = below.startsWith("/v1/") ? below.slice(3) : below;
  const lastSlash = path.lastIndexOf("/");
  const id = path.slice(lastSlash + 1);
  const route = exactRoutes.get(path) ?? (id ? exactRoutes.get(`${path.slice(0, lastSlash)}/{id}`) : undefined);
  if (!route) throw unknownPath(method, pathname);
  const run = Object.hasOwn(route.methods, method) ? route.methods[method] : undefined;
  if (!run) throw methodNotAllowed(Object.keys(route.methods));
  return { path: route.path, run, id };
}
