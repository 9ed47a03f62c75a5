import { describeValue } from "../parameters/describe-value.ts";

/**
 * An image could not be read: its stream failed or was read before. Its `cause` is the error of the stream. What is
 * wrong with an image that can be read is never thrown: it is a finding.
 */
export class ImageReadError extends Error {
  override name = "ImageReadError";
}

/** A value isn't something that an image can be read from. */
export class ImageSourceError extends TypeError {}

/** The message of an error, or what was thrown in its place, in a line or two. Never throws itself. */
export function messageOf(error: unknown): string {
  try {
    const { message } = error as Error;
    if (typeof message === "string") return message.slice(0, longestMessage);
  } catch {
    // Then what it is has to do.
  }
  return describeValue(error);
}

const longestMessage = 500;
