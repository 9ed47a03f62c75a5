import { schemaOf } from "./contract/operation.ts";
import { isWebAddress, type ReceivedImage, type ReceivedImages } from "./images-of.ts";
import { exclusiveMaximumBytes, mostImages, otherSize, severalImages, smallestSize, type ProbeName } from "./probes.ts";
import type { ProbeResponse } from "./send-probe.ts";
import { shorten } from "./shorten.ts";

/** What came back for one probe. */
export interface Observation extends ProbeResponse, ReceivedImages {
  /** What the contract's server would have said instead; undefined if it would have accepted the request. */
  readonly contractMessage: string | undefined;
}

/** What came back for every probe. */
export type Observations = Readonly<Record<ProbeName, Observation>>;

/** What the observations show about a requirement. */
export type Outcome =
  | { readonly result: "pass" }
  /** How the server differs from the requirement, as it was seen. */
  | { readonly result: "fail"; readonly reasons: readonly string[] }
  /** What is missing to say either. */
  | { readonly result: "skip"; readonly reason: string };

/** Something that a server that implements the contract does. */
export interface Requirement {
  readonly topic: "Responses" | "Rejections" | "Errors" | "Authentication";
  readonly requirement: string;
  readonly check: (observations: Observations) => Outcome;
}

const defaultSize = String(schemaOf("size").default);
const rejectedAs = [400, 422];
const invalid: readonly ProbeName[] = [
  "tooMany",
  "tooFew",
  "fractional",
  "unlistedSize",
  "unlistedFormat",
  "noImage",
  "notPng",
  "notSquare",
  "tooLarge",
];

/** The contract, as far as it can be seen from outside with few requests. */
export const requirements: readonly Requirement[] = [
  {
    topic: "Responses",
    requirement: "An image alone is enough: everything else has a default",
    check: ({ defaults: observation }) => accepted(observation),
  },
  {
    topic: "Responses",
    requirement: "One image if n is left out",
    check: ({ defaults: observation }) => count(observation, 1),
  },
  {
    topic: "Responses",
    requirement: "A URL if response_format is left out",
    check: ({ defaults: observation }) => everyImage(observation, notAtUrl),
  },
  {
    topic: "Responses",
    requirement: `${defaultSize} if size is left out`,
    check: ({ defaults: observation }) => everyImage(observation, otherSizeThan(defaultSize)),
  },
  {
    topic: "Responses",
    requirement: "URLs if they are asked for, from which the images can be fetched",
    check: ({ url: observation }) => everyImage(observation, notAtUrl),
  },
  {
    topic: "Responses",
    requirement: "Base64 if it is asked for",
    check: ({ base64: observation }) => everyImage(observation, notBase64),
  },
  {
    topic: "Responses",
    requirement: "As many images as were asked for",
    check: ({ base64: observation }) => count(observation, severalImages),
  },
  {
    topic: "Responses",
    requirement: "Images of the size that was asked for",
    check: ({ base64, url }) => {
      const small = everyImage(base64, otherSizeThan(smallestSize));
      const larger = everyImage(url, otherSizeThan(otherSize));
      const reasons = [small, larger].flatMap((outcome) => (outcome.result === "fail" ? outcome.reasons : []));
      if (reasons.length > 0) return fail(reasons);
      return small.result === "pass" ? small : larger;
    },
  },
  {
    topic: "Responses",
    requirement: `Up to ${mostImages} images at once`,
    check: ({ base64, most }) => {
      if (most.status !== 200 && !hasImage(base64)) return skip(noBaseline);
      const outcome = accepted(most);
      return outcome.result === "pass" ? count(most, mostImages) : outcome;
    },
  },
  {
    topic: "Responses",
    requirement: "Responses match the spec's schema",
    check: ({ defaults: first, base64, url, most, control }) => {
      const successes = [first, base64, url, most, control].filter(({ status }) => status === 200);
      const reasons = successes.flatMap(({ violations }) => violations);
      if (reasons.length > 0) return fail(reasons);
      return successes.some(hasImage) ? pass : skip("no response had an image");
    },
  },
  ...(
    [
      ["tooMany", `more than ${mostImages} images`],
      ["tooFew", "no images at all"],
      ["fractional", "a number of images that is not whole"],
      ["unlistedSize", "a size that is not on the list"],
      ["unlistedFormat", "a response format that is not on the list"],
      ["noImage", "a request without an image"],
      ["otherName", "an image under another name than image"],
      ["notPng", "a file that is not a PNG"],
      ["notSquare", "an image that is not square"],
    ] as const
  ).map(([name, what]) => rejection(name, what, rejectedAs)),
  rejection("tooLarge", `an image of ${exclusiveMaximumBytes.toLocaleString("en")} bytes`, [...rejectedAs, 413]),
  rejection("json", "a body of JSON", [400, 415]),
  {
    topic: "Errors",
    requirement: "Errors in the envelope of the spec, with code, message, param and type",
    check: (observations) => everyError(observations, ({ violations }) => violations),
  },
  {
    topic: "Errors",
    requirement: "The messages of the contract, on which programs match",
    check: (observations) => everyError(observations, otherMessage),
  },
  {
    topic: "Authentication",
    requirement: "401 without an API key",
    check: (observations) => rejected(observations, "noKey", [401]),
  },
  {
    topic: "Authentication",
    requirement: "401 with an invalid API key",
    check: (observations) => rejected(observations, "wrongKey", [401]),
  },
];

const pass: Outcome = { result: "pass" };
const noBaseline = "no valid request got an image, so a rejection shows nothing";

function fail(reasons: readonly string[]): Outcome {
  return { result: "fail", reasons: [...new Set(reasons)] };
}

function skip(reason: string): Outcome {
  return { result: "skip", reason };
}

/** Whether an image was really seen in a response. */
function hasImage({ status, images }: Observation): boolean {
  return status === 200 && images.some(({ size }) => size !== undefined);
}

/** Why nothing can be said by this response, if it is not about the request: the server was busy, or was not asked. */
function unrelated({ status, failure }: Observation): Outcome | undefined {
  if (status === 429) return skip("the server is rate limiting (429)");
  return failure?.startsWith("not sent") ? skip(failure) : undefined;
}

function rejection(name: ProbeName, what: string, statuses: readonly number[]): Requirement {
  return {
    topic: "Rejections",
    requirement: `Rejects with ${statuses.join(" or ")}: ${what}`,
    check: (observations) => rejected(observations, name, statuses),
  };
}

function accepted(observation: Observation): Outcome {
  const { status, failure, body, count: entries } = observation;
  const busy = unrelated(observation);
  if (busy) return busy;
  if (status === undefined) return fail([String(failure)]);
  if (status !== 200) return fail([`${status < 400 ? "responded" : "rejected"} with ${status}: ${shorten(body)}`]);
  if (entries === undefined) return fail([`200 without an array of images: ${shorten(body)}`]);
  if (entries === 0) return fail([`200 without an image: ${shorten(body)}`]);
  return hasImage(observation) ? pass : skip(`the image can't be read: ${shorten(body)}`);
}

/** The images of a response, or why they say nothing. */
function seenImages(observation: Observation): readonly ReceivedImage[] | Outcome {
  const { status, failure, count: entries, images } = observation;
  if (status === undefined) return skip(`the request got no response: ${failure}`);
  if (status !== 200) return skip(`a valid request got ${status}`);
  if (entries === undefined) return skip("the response has no array of images");
  return entries === 0 ? skip("the response has no images") : images;
}

function count(observation: Observation, expected: number): Outcome {
  const { count: entries } = observation;
  if (observation.status === 200 && entries !== undefined && entries !== expected) {
    return fail([`${entries} instead of ${expected}`]);
  }
  const images = seenImages(observation);
  if ("result" in images) return images;
  const unread = images.filter(({ size }) => size === undefined).length;
  return unread === 0 ? pass : skip(`${unread} of ${images.length} images can't be read`);
}

/** Each image is looked at, and there has to be one. */
function everyImage(observation: Observation, violation: (image: ReceivedImage) => string | undefined): Outcome {
  const images = seenImages(observation);
  if ("result" in images) return images;
  const reasons = images.flatMap((image) => violation(image) ?? []);
  return reasons.length === 0 ? pass : fail(reasons);
}

function notAtUrl({ url, base64, size }: ReceivedImage): string | undefined {
  if (isWebAddress(url)) return size ? undefined : `no PNG can be fetched from ${shorten(url)}`;
  if (typeof url === "string") return `url is ${shorten(url)}, which is not a web address`;
  return typeof base64 === "string" ? "b64_json instead of a url" : `url is ${shorten(url)}`;
}

function notBase64({ url, base64, size }: ReceivedImage): string | undefined {
  if (typeof base64 !== "string") return `b64_json is ${shorten(base64)}`;
  if (size === undefined) return `b64_json is not a PNG: ${shorten(base64)}`;
  return url === undefined || url === null ? undefined : `a url beside b64_json: ${shorten(url)}`;
}

function otherSizeThan(expected: string): (image: ReceivedImage) => string | undefined {
  return ({ size }) => {
    if (size === expected) return undefined;
    return size ? `${size} instead of ${expected}` : `no PNG to measure instead of ${expected}`;
  };
}

function rejected(observations: Observations, name: ProbeName, statuses: readonly number[]): Outcome {
  const observation = observations[name];
  const { status, failure, body } = observation;
  const busy = unrelated(observation);
  if (busy) return busy;
  // To accept what is invalid is a violation whatever else the server does.
  if (status !== undefined && status < 400) return fail([`${status < 300 ? "accepted" : "responded"} with ${status}`]);
  const baseline = withoutBaseline(observations);
  if (baseline) return baseline;
  if (status === undefined) return fail([String(failure)]);
  return statuses.includes(status) ? pass : fail([`rejected with ${status}: ${shorten(body)}`]);
}

/** A rejection shows something only of a server that accepts valid requests, before the rejections and after them. */
function withoutBaseline({ base64, control }: Observations): Outcome | undefined {
  if (!hasImage(base64)) return skip(noBaseline);
  if (hasImage(control)) return undefined;
  const { status, failure } = control;
  return skip(`a valid request after the invalid ones got ${status ?? failure}, so a rejection shows nothing`);
}

function everyError(observations: Observations, violations: (observation: Observation) => readonly string[]): Outcome {
  const errors = invalid
    .map((name) => observations[name])
    .filter((observation) => observation.status !== undefined && observation.status >= 400 && !unrelated(observation));
  const baseline = withoutBaseline(observations);
  if (baseline) return baseline;
  if (errors.length === 0) return skip("no invalid request was rejected");
  const reasons = errors.flatMap(violations);
  return reasons.length === 0 ? pass : fail(reasons);
}

function otherMessage({ body, contractMessage }: Observation): string[] {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as { error?: { message?: unknown } | null };
  const message = error?.message;
  if (!contractMessage || message === contractMessage) return [];
  return [`${shorten(message ?? body)} instead of ${shorten(contractMessage)}`];
}
