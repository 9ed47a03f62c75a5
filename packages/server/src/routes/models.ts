import { RequestError } from "../errors/request-error.ts";
import { createImageVariation as table } from "../generated/parameter-tables.ts";
import { jsonReply, type Reply } from "../response/reply.ts";
import type { Context } from "./context.ts";

/** The model that the contract was made for. Any other name is accepted in a request, and means the same. */
const { default: id } = table.find(({ name }) => name === "model") as { readonly default: string };
// As the official server had it.
const model = { id, object: "model", created: 1_698_798_177, owned_by: "system" };

/** GET /models */
export async function listModels({ request, services }: Context): Promise<Reply> {
  await services.authenticate?.(request.headers.get("authorization"));
  return jsonReply(200, { object: "list", data: [model] });
}

/** GET /models/{id} */
export async function retrieveModel({ request, services, id: wanted }: Context): Promise<Reply> {
  await services.authenticate?.(request.headers.get("authorization"));
  if (wanted === model.id) return jsonReply(200, model);
  throw new RequestError(`The model '${wanted}' does not exist or you do not have access to it.`, {
    status: 404,
    code: "model_not_found",
  });
}
