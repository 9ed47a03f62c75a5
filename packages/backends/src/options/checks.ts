/** Says what an option may be, if the value is something else; else undefined. */
export interface Check {
  (value: unknown): string | undefined;
  /** Whether an error must not show the value. @default false */
  readonly secret?: boolean | ((value: unknown) => boolean);
}

/** What may be left out is also accepted as undefined: options often come from an environment. */
export function optional(check: Check): Check {
  const { secret = false } = check;
  return Object.assign((value: unknown) => (value === undefined ? undefined : check(value)), { secret });
}

export const isText: Check = (value) =>
  typeof value === "string" && value.trim() !== "" ? undefined : "a string that is not empty";

export const isFlag: Check = (value) => (typeof value === "boolean" ? undefined : "true or false");

export const isFunction: Check = (value) => (typeof value === "function" ? undefined : "a function");

/** A key or a password: its value is never shown. */
export const isSecret: Check = Object.assign(
  (value: unknown) =>
    (typeof value === "string" && value !== "") || typeof value === "function"
      ? undefined
      : "a string that is not empty, or a function that returns one",
  { secret: true },
);

export const isHeaders: Check = Object.assign(
  (value: unknown) =>
    isRecord(value) && Object.values(value).every((text) => typeof text === "string")
      ? undefined
      : "an object of strings",
  { secret: true },
);

export const isFields: Check = (value) =>
  isRecord(value) && Object.values(value).every((field) => ["string", "number", "boolean"].includes(typeof field))
    ? undefined
    : "an object of strings, numbers and booleans";

export const isCodec: Check = (value) =>
  isRecord(value) && ["decode", "encode", "resize"].every((name) => typeof value[name] === "function")
    ? undefined
    : "an object with the functions decode, encode and resize";

export const oneOf =
  (...allowed: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && allowed.includes(value) ? undefined : `one of ${allowed.join(", ")}`;

export const isNumber =
  (minimum: number, maximum: number): Check =>
  (value) =>
    typeof value === "number" && value >= minimum && value <= maximum
      ? undefined
      : `a number from ${minimum} to ${maximum}`;

export const isInteger =
  (minimum: number, maximum: number): Check =>
  (value) =>
    Number.isInteger(value) && isNumber(minimum, maximum)(value) === undefined
      ? undefined
      : `a whole number from ${minimum} to ${maximum}`;

export const isBaseURL: Check = Object.assign(
  (value: unknown) => {
    const url = typeof value === "string" ? URL.parse(value) : null;
    if (url?.protocol !== "http:" && url?.protocol !== "https:") return "an http or https URL";
    if (url.username || url.password) return "a URL without a user name and password, which have options of their own";
    return url.search || url.hash ? "a URL without a query and a fragment" : undefined;
  },
  { secret: (value: unknown) => typeof value === "string" && value.includes("@") },
);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
