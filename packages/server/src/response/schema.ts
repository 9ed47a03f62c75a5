import type { components } from "@image-variations/client/schema";

type Schemas = components["schemas"];

/** The contract's types of responses. */
export type ErrorResponse = Schemas["ErrorResponse"];
export type Image = Schemas["Image"];
export type ImagesResponse = Schemas["ImagesResponse"];
export type Usage = Schemas["Usage"];
