import { operation } from "../contract/operation.ts";
import type { Exchange } from "./exchange.ts";
import { exclusiveMaximumBytes, inquiries, mostPictures, smallestSize, type InquiryName } from "./inquiries.ts";
import { isWebAddress, type AnsweredPicture } from "./pictures-of.ts";
import { shorten } from "./shorten.ts";

/** What came back for one inquiry. */
export interface Finding extends Exchange {
  readonly pictures: readonly AnsweredPicture[];
  /** What the contract's server would have said in its place; undefined where it would have taken the request. */
  readonly contractMessage: string | undefined;
}

export type Findings = Readonly<Record<InquiryName, Finding>>;

/** Something that a server that speaks the contract does. */
export interface Promised {
  readonly topic: "Answers" | "Refusals" | "Errors" | "Credentials";
  readonly promise: string;
  /** What must have been taken before this can be judged: where even that was refused, a refusal says nothing. */
  readonly after?: InquiryName;
  /** How the server departs from it, in words; empty where it keeps it. */
  readonly departures: (findings: Findings) => readonly string[];
}

const defaults = operation.request!.schema.properties!;
const refusedAs = [400, 422];
const invalid: readonly InquiryName[] = [
  "tooMany",
  "tooFew",
  "halfAPicture",
  "unlistedSize",
  "unlistedFormat",
  "noImage",
  "noPng",
  "notSquare",
  "tooLarge",
];

/** The contract, as far as it can be seen from outside with few requests. */
export const promises: readonly Promised[] = [
  {
    topic: "Answers",
    promise: "A picture alone is enough: everything else has a default",
    departures: ({ defaults: finding }) => notTaken(finding),
  },
  {
    topic: "Answers",
    promise: "One picture, where nothing is said of n",
    after: "defaults",
    departures: ({ defaults: { pictures } }) => notAsMany(pictures, 1),
  },
  {
    topic: "Answers",
    promise: "A URL, where nothing is said of response_format",
    after: "defaults",
    departures: ({ defaults: { pictures } }) => notAsUrls(pictures),
  },
  {
    topic: "Answers",
    promise: `${String(defaults["size"]!.default)}, where nothing is said of size`,
    after: "defaults",
    departures: ({ defaults: { pictures } }) => notOfSize(pictures, String(defaults["size"]!.default)),
  },
  {
    topic: "Answers",
    promise: "URLs, where they are asked for, from which the pictures can be fetched",
    after: "url",
    departures: ({ url: { pictures } }) => notAsUrls(pictures),
  },
  {
    topic: "Answers",
    promise: "Base64, where it is asked for",
    after: "base64",
    departures: ({ base64: { pictures } }) =>
      pictures.flatMap(({ base64, url }) => [
        ...(typeof base64 === "string" ? [] : [`b64_json is ${shorten(base64)}`]),
        ...(url === undefined || url === null ? [] : [`there is a url too: ${shorten(url)}`]),
      ]),
  },
  {
    topic: "Answers",
    promise: "As many pictures as were asked for",
    after: "base64",
    departures: ({ base64: { pictures } }) => notAsMany(pictures, inquiries.base64.fields.n),
  },
  {
    topic: "Answers",
    promise: "Pictures of the size that was asked for",
    after: "base64",
    departures: ({ base64, url }) => [
      ...notOfSize(base64.pictures, smallestSize),
      ...(url.status === 200 ? notOfSize(url.pictures, inquiries.url.fields.size) : []),
    ],
  },
  {
    topic: "Answers",
    promise: `Up to ${mostPictures} pictures at once`,
    after: "base64",
    departures: ({ most }) => [
      ...notTaken(most),
      ...(most.status === 200 ? notAsMany(most.pictures, mostPictures) : []),
    ],
  },
  {
    topic: "Answers",
    promise: "Answers as the spec's schema has them",
    departures: (findings) =>
      [findings.defaults, findings.base64, findings.url, findings.most].flatMap(({ status, problems }) =>
        status === 200 ? problems.map(ofAnyPicture) : [],
      ),
  },
  ...(
    [
      ["tooMany", `more than ${mostPictures} pictures`],
      ["tooFew", "no pictures at all"],
      ["halfAPicture", "a number of pictures that is not whole"],
      ["unlistedSize", "a size that is not on the list"],
      ["unlistedFormat", "a response format that is not on the list"],
      ["noImage", "a request without a picture"],
      ["otherName", "a picture under another name than image"],
      ["noPng", "a file that is no PNG"],
      ["notSquare", "a picture that is not square"],
    ] as const
  ).map(([name, what]) => refusal(name, what, refusedAs)),
  refusal("tooLarge", `a picture of ${exclusiveMaximumBytes.toLocaleString("en")} bytes`, [...refusedAs, 413]),
  refusal("json", "a body of JSON", [400, 415]),
  {
    topic: "Errors",
    promise: "Errors in the envelope of the spec, with code, message, param and type",
    after: "base64",
    departures: (findings) => invalid.flatMap((name) => (findings[name].status >= 400 ? findings[name].problems : [])),
  },
  {
    topic: "Errors",
    promise: "The messages of the contract, on which programs match",
    after: "base64",
    departures: (findings) => invalid.flatMap((name) => otherWords(findings[name])),
  },
  {
    topic: "Credentials",
    promise: "401 for who has no key",
    after: "base64",
    departures: ({ noKey }) => notRefused(noKey, [401]),
  },
  {
    topic: "Credentials",
    promise: "401 for who has a wrong key",
    after: "base64",
    departures: ({ wrongKey }) => notRefused(wrongKey, [401]),
  },
];

function refusal(name: InquiryName, what: string, statuses: readonly number[]): Promised {
  return {
    topic: "Refusals",
    promise: `Refused with ${statuses.join(" or ")}: ${what}`,
    after: "base64",
    departures: (findings) => notRefused(findings[name], statuses),
  };
}

/** What is wrong with one picture is mostly wrong with all. */
function ofAnyPicture(problem: string): string {
  return problem.replace(/^body\/data\/\d+\//, "body/data/*/");
}

function notTaken({ status, body }: Finding): string[] {
  return status === 200 ? [] : [`refused with ${status}: ${shorten(body)}`];
}

function notRefused({ status, body }: Finding, statuses: readonly number[]): string[] {
  if (statuses.includes(status)) return [];
  return status < 400 ? [`taken, with ${status}`] : [`refused with ${status}: ${shorten(body)}`];
}

function notAsMany(pictures: readonly AnsweredPicture[], count: number): string[] {
  return pictures.length === count ? [] : [`${pictures.length} in place of ${count}`];
}

function notAsUrls(pictures: readonly AnsweredPicture[]): string[] {
  return pictures.flatMap(({ url, base64, size }) => {
    if (isWebAddress(url)) return size ? [] : [`no PNG can be fetched from ${shorten(url)}`];
    if (typeof url === "string") return [`url is ${shorten(url)}, which is no address on the web`];
    return [typeof base64 === "string" ? "comes as b64_json, without a url" : `url is ${shorten(url)}`];
  });
}

function notOfSize(pictures: readonly AnsweredPicture[], asked: string): string[] {
  return pictures.flatMap(({ size }) => {
    if (size === asked) return [];
    return [size ? `${size} in place of ${asked}` : `${asked} was asked for, and there is no PNG to be measured`];
  });
}

function otherWords({ status, body, contractMessage }: Finding): string[] {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as { error?: { message?: unknown } };
  const message = error?.message;
  if (status < 400 || !contractMessage || message === contractMessage) return [];
  return [`${shorten(message ?? body)} in place of ${shorten(contractMessage)}`];
}
