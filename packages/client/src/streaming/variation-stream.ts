import type { WithRequestID } from "../api-promise.ts";
import type { ImagesResponse } from "../images-response.ts";
import type { StreamedImage } from "./streamed-image.ts";

/** The images of an answer, each as soon as it begins. Leaving the loop closes the connection. */
export interface VariationStream extends AsyncIterable<StreamedImage, void, undefined> {
  /**
   * The answer without its pictures, when all of it has come. Images that were not asked for by then are passed over.
   *
   * @throws What the loop threw, if it did; APIUserAbortError where it was left before its end.
   */
  finalResponse(): Promise<WithRequestID<ImagesResponse>>;
}
