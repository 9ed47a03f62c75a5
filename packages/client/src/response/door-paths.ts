import type { paths } from "../generated/schema.ts";

/** A response's contents without those that are not JSON: the client turns such errors into the contract's envelope. */
type JsonOnly<Response> = Response extends { content: infer Contents }
  ? Omit<Response, "content"> & { content: Pick<Contents, Extract<keyof Contents, `${string}json`>> }
  : Response;

type WithJsonOnly<Operation> = Operation extends { responses: infer Responses }
  ? Omit<Operation, "responses"> & { responses: { [Status in keyof Responses]: JsonOnly<Responses[Status]> } }
  : Operation;

/** The contract's paths as `createClient` has them: every error is an object, so that `if (error)` narrows the types. */
export type DoorPaths = {
  [Path in keyof paths]: { [Method in keyof paths[Path]]: WithJsonOnly<paths[Path][Method]> };
};
