import type { WithRequestID } from "../response/api-promise.ts";
import type { ImagesResponse } from "../response/images-response.ts";
import type { StreamedImage } from "./streamed-image.ts";

/** The images of a response, each as soon as it begins. Leaving the loop closes the connection. */
export interface VariationStream extends AsyncIterable<StreamedImage, void, undefined> {
  /**
   * The response without its images, when all of it has come. Images that were not asked for by then are skipped.
   *
   * @throws What the loop threw, if it did; APIUserAbortError if it was left early.
   */
  finalResponse(): Promise<WithRequestID<ImagesResponse>>;
}
