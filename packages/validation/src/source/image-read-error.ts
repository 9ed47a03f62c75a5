/**
 * A picture could not be read: its stream failed or was read before. Its `cause` is the error of the stream. What is
 * wrong with a picture that can be read is never thrown: it is a finding.
 */
export class ImageReadError extends Error {
  override name = "ImageReadError";
}
