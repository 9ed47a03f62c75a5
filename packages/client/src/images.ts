import type { ImagesMethods, Methods } from "./generated/methods.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import { openAIBinding } from "./openai-binding.ts";
import type { ResolvedClientOptions } from "./options/client-options.ts";
import type { ImagesResponse } from "./response/images-response.ts";
import { type GroupClasses, methodGroups } from "./runtime/method-groups.ts";

/** The classes of the methods that the contract has, by group. */
export const groups: GroupClasses<Methods, ResolvedClientOptions> = /* @__PURE__ */ methodGroups(openAIBinding);

const ImagesGroup: new (client: ResolvedClientOptions) => ImagesMethods = groups.images;

/** The calls that take or make images: those that the contract has. */
export class Images extends ImagesGroup {}

/** The types of these calls, under the names that the official SDK has for them. */
export declare namespace Images {
  export { type Image, type ImageCreateVariationParams, type ImageModel, type ImagesResponse };
}
