import type { paths } from "@image-variations/client/schema";

// By path and status: how the spec calls its schemas is not part of the contract, so a schema may be renamed.
type Responses = paths["/images/variations"]["post"]["responses"];

/** The contract's types of responses. */
export type ErrorResponse = Responses[400]["content"]["application/json"];
export type ImagesResponse = Responses[200]["content"]["application/json"];
export type Image = NonNullable<ImagesResponse["data"]>[number];
export type Usage = NonNullable<ImagesResponse["usage"]>;
