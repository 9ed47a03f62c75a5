import { describeValue } from "../describe.ts";

/**
 * An image could not be read: its stream failed or has been read before. `cause` is the error of the stream. What is
 * wrong with an image that can be read is never thrown: it is an issue.
 */
export class ImageReadError extends Error {
  override name = "ImageReadError";
}

/** An image can't be read from a value. */
export class ImageSourceError extends TypeError {}

/** The message of an error, or a description of what was thrown instead. Never throws itself. */
export function messageOf(error: unknown): string {
  try {
    const { message } = error as Error;
    if (typeof message === "string") return message.slice(0, longestMessage);
  } catch {
    // Describing what it is has to do.
  }
  return describeValue(error);
}

const longestMessage = 500;
