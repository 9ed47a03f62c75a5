import type { FileStream } from "../response/file-stream.ts";
import type { ImagesResponse } from "../response/images-response.ts";
import type { StreamedImage } from "./streamed-image.ts";

/** The images of a response, each as soon as it begins. Leaving the loop closes the connection. */
export interface VariationStream extends FileStream<ImagesResponse, StreamedImage> {}
