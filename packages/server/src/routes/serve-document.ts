import { toJson, type Reply } from "../response/reply.ts";

let json: string | undefined;

/** GET /openapi.json: the contract as this server speaks it, with its own controls. Loaded when somebody asks. */
export async function serveDocument(): Promise<Reply> {
  json ??= toJson((await import("../generated/document.ts")).document);
  return { status: 200, headers: { "content-type": "application/json" }, body: json };
}
