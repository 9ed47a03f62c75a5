/** The intended differences from the official SDK: shown in the README, and checked by a test. */
export interface IntendedDifference {
  /** Completes "A program that …". */
  readonly program: string;
  readonly official: string;
  readonly ours: string;
}

/** By the names that the cases of `official.test.ts` refer to. */
export const intendedDifferences = {
  mediaType: {
    program: "passes `fs.createReadStream(…)`, or a file without a type",
    official: "sends `application/octet-stream`, which is rejected",
    ours: "sends what the first bytes prove: `image/png`",
  },
  bytes: {
    program: "passes a `Buffer`, or bytes of any other kind",
    official: "sends a form field for every byte, or `{}`",
    ours: "sends an image",
  },
  url: { program: "passes a `URL`", official: "sends nothing of it", ours: "sends what is there, without the API key" },
  notAFile: {
    program: "passes a path, or an object that has the file in it",
    official: "sends the path as text, or a form field for every property",
    ours: "gets a `TypeError` with the code that gets the file",
  },
  empty: {
    program: "passes a file that is empty, or was read before",
    official: "sends 0 bytes",
    ours: "gets an `UploadError` before anything is sent",
  },
  tooLarge: {
    program: "passes a file beyond the contract's limit",
    official: "sends it",
    ours: "gets an `UploadError`, unless `maxUploadBytes` allows it",
  },
  unreadable: {
    program: "passes a file that can't be read",
    official: "gets the system's error, or ends",
    ours: "gets an `UploadError` with that as `cause`",
  },
  null: { program: "passes `null`, as the types allow", official: "gets an exception", ours: "takes the default" },
  fileName: {
    program: "passes a file without a name",
    official: "sends `unknown_file`",
    ours: "sends the parameter's name: `image.png`",
  },
  idempotencyKey: {
    program: "passes `idempotencyKey`",
    official: "sends nothing",
    ours: "sends it, the same at every attempt",
  },
  redirect: {
    program: "is redirected with 301, 302 or 303",
    official: "makes a GET of the POST, which may “succeed”",
    ours: "gets an error that says where it led",
  },
  redirectElsewhere: {
    program: "is redirected to another server",
    official: "hands the image over",
    ours: "gets an error, unless `redirectOrigins` names it",
  },
  notJson: {
    program: "gets a page, or nothing, with status 200",
    official: "gets a string, or `undefined`",
    ours: "gets an `UnexpectedResponseError` that quotes it",
  },
  errorWith200: {
    program: "gets an error, or no `data`, with status 200",
    official: "takes it for a success",
    ours: "gets an `UnexpectedResponseError` with the server's words",
  },
  brokenBody: {
    program: "gets a response that breaks off",
    official: "gets the runtime's own exception",
    ours: "tries again, then gets an `APIConnectionError`",
  },
  endless: {
    program: "gets a response without end",
    official: "reads it",
    ours: "gets an error at `maxResponseBytes`",
  },
  errorBody: {
    program: "gets an error in another shape than the official one",
    official: "gets raw JSON as message, and no fields",
    ours: "gets the server's sentence, and the fields",
  },
  connectionMessage: {
    program: "has no connection, or no response in time",
    official: "reads “Connection error.” or “Request timed out.”",
    ours: "reads the same, then the reason, method and URL",
  },
  number: {
    program: "passes `NaN`, a fraction, text or a negative number as `timeout` or `maxRetries`",
    official: "takes the default, or fires after 1 ms",
    ours: "gets an `OpenAIError` that names the option",
  },
  longTimeout: {
    program: "passes a `timeout` from 2³¹ on, or `Infinity`",
    official: "waits for 1 ms",
    ours: "waits: almost 25 days, or without a limit",
  },
  header: {
    program: "has a line end or a curly quote in its key",
    official: "gets a `TypeError` that quotes the key",
    ours: "gets an `OpenAIError` that names the option, and shows nothing",
  },
  noKey: {
    program: "has no API key",
    official: "reads of five ways to pass one",
    ours: "reads of the two that exist here",
  },
  baseURL: {
    program: "has a `baseURL` that is not one",
    official: "gets `Invalid URL`, or a wrong path",
    ours: "gets an `OpenAIError` that names `baseURL`",
  },
  baseURLSlashes: {
    program: "has a `baseURL` with more than one slash, or a fragment, at its end",
    official: "calls a path that does not exist",
    ours: "calls the right one",
  },
  scope: {
    program: "passes `adminAPIKey`, `dataResidency`, `provider`, `workloadIdentity`, `webhookSecret` or the like",
    official: "has them",
    ours: "gets an `OpenAIError`: this client makes one call, with one key",
  },
  requestScope: {
    program: "passes `method`, `path`, `body`, `stream` or `defaultBaseURL` to the call",
    official: "calls something else",
    ours: "gets an `OpenAIError`",
  },
  fetchOptions: {
    program: "passes `method`, `headers` or `body` in `fetchOptions`",
    official: "replaces the client's, the key among them",
    ours: "gets an `OpenAIError`: `headers` are an option of their own",
  },
  userAgent: {
    program: "looks at the headers that it did not set",
    official: "finds `user-agent` and eight `x-stainless-…`",
    ours: "finds `accept`, `authorization` and `content-type`",
  },
} as const satisfies Record<string, IntendedDifference>;

export type DifferenceName = keyof typeof intendedDifferences;

/** The differences as the README's table. */
export function differenceTable(): string {
  const rows = [["A program that …", "with `openai`", "with this client"]];
  for (const { program, official, ours } of Object.values(intendedDifferences)) rows.push([program, official, ours]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const [head, ...body] = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`,
  );
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}
