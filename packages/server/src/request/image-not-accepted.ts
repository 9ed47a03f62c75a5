import type { Issue, ParameterTable } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { RequestError } from "../errors/request-error.ts";

/** The contract's error for a file that is not an accepted image, with the limits of its table. */
export function imageNotAccepted(table: ParameterTable): RequestError {
  const { name } = table.find(({ kind }) => kind === "image") ?? { name: "image" };
  const facts = { message: "", received: "", allowed: "", fix: "" };
  const issue: Issue = { code: "not_png", severity: "error", path: [name], ...facts };
  const { error } = toErrorEnvelope([issue], table);
  return new RequestError(error.message, { status: 400, code: error.code, param: error.param, type: error.type });
}
